/** Four 32-bit words, signed. */
export type Digest = [number, number, number, number];

const C0 = 0x239b961b;
const C1 = 0xab0e9789;
const C2 = 0x38b34ae5;
const C3 = 0xa1e38b93;

/** MurmurHash3 x86_128 with seed 0. A. Appleby, 2011 (public domain). */
export function murmur3x86x128(bytes: Uint8Array): Digest {
  const padded = new Uint8Array(16 * Math.ceil(bytes.length / 16));
  padded.set(bytes);
  return murmur3OfPadded(new DataView(padded.buffer), bytes.length);
}

/**
 * The same of the first `length` bytes of a view, which zeros follow up to a multiple of 16: padded so, the tail is a block whose absent words
 * scramble to 0 and so change nothing.
 */
export function murmur3OfPadded(view: DataView, length: number): Digest {
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  for (let at = 0; at < length; at += 16) {
    const k0 = scramble(view.getInt32(at, true), C0, 15, C1);
    const k1 = scramble(view.getInt32(at + 4, true), C1, 16, C2);
    const k2 = scramble(view.getInt32(at + 8, true), C2, 17, C3);
    const k3 = scramble(view.getInt32(at + 12, true), C3, 18, C0);
    if (at + 16 > length) {
      h0 ^= k0;
      h1 ^= k1;
      h2 ^= k2;
      h3 ^= k3;
      break;
    }
    h0 = Math.imul(rotate(h0 ^ k0, 19) + h1, 5) + 0x561ccd1b;
    h1 = Math.imul(rotate(h1 ^ k1, 17) + h2, 5) + 0x0bcaa747;
    h2 = Math.imul(rotate(h2 ^ k2, 15) + h3, 5) + 0x96cd1c35;
    h3 = Math.imul(rotate(h3 ^ k3, 13) + h0, 5) + 0x32ac3b17;
  }
  const mixed = spread([h0 ^ length, h1 ^ length, h2 ^ length, h3 ^ length]);
  return spread([avalanche(mixed[0]), avalanche(mixed[1]), avalanche(mixed[2]), avalanche(mixed[3])]);
}

function scramble(word: number, before: number, turn: number, after: number): number {
  return Math.imul(rotate(Math.imul(word, before), turn), after);
}

function rotate(word: number, turn: number): number {
  return (word << turn) | (word >>> (32 - turn));
}

function spread([a, b, c, d]: Digest): Digest {
  const sum = (a + b + c + d) | 0;
  return [sum, (b + sum) | 0, (c + sum) | 0, (d + sum) | 0];
}

function avalanche(word: number): number {
  let h = word;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
