/** What a difference was taken of: literals and copies from `base` by turns, lengths and places in two bytes each (scripts/build-kernels.mjs). */
export function applyDifference(base: Uint8Array, difference: Uint8Array): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  let at = 0;
  const number = () => difference[at++]! + 256 * difference[at++]!;
  while (at < difference.length) {
    for (let left = number(); left > 0; left--) out.push(difference[at++]!);
    const length = number();
    const start = number();
    for (let k = start; k < start + length; k++) out.push(base[k]!);
  }
  return Uint8Array.from(out);
}
