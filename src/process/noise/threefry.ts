/**
 * Threefry-4x32 with 20 rounds: 128 random bits as a function of a key and a counter, with no state in between, so that the
 * numbers of a tree can be had in any order. J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random
 * numbers: as easy as 1, 2, 3, SC 2011.
 *
 * @param key - 4 words
 * @param counter - 4 words
 * @param out - 4 words; may be `counter`
 */
export function threefry(key: Int32Array, counter: Int32Array, out: Int32Array): void {
  const [k0, k1, k2, k3] = [key[0]!, key[1]!, key[2]!, key[3]!];
  const k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
  let a = (counter[0]! + k0) | 0;
  let b = (counter[1]! + k1) | 0;
  let c = (counter[2]! + k2) | 0;
  let d = (counter[3]! + k3) | 0;
  // Each pass is four rounds and an injection of the key; the words of the key go round.
  let [u, v, w, x, y] = [k1, k2, k3, k4, k0];
  for (let pass = 1; pass <= 5; pass++) {
    const r = (pass & 1) === 1 ? 0 : 8;
    a = (a + b) | 0;
    b = rotate(b, ROTATIONS[r]!) ^ a;
    c = (c + d) | 0;
    d = rotate(d, ROTATIONS[r + 1]!) ^ c;
    a = (a + d) | 0;
    d = rotate(d, ROTATIONS[r + 2]!) ^ a;
    c = (c + b) | 0;
    b = rotate(b, ROTATIONS[r + 3]!) ^ c;
    a = (a + b) | 0;
    b = rotate(b, ROTATIONS[r + 4]!) ^ a;
    c = (c + d) | 0;
    d = rotate(d, ROTATIONS[r + 5]!) ^ c;
    a = (a + d) | 0;
    d = rotate(d, ROTATIONS[r + 6]!) ^ a;
    c = (c + b) | 0;
    b = rotate(b, ROTATIONS[r + 7]!) ^ c;
    a = (a + u) | 0;
    b = (b + v) | 0;
    c = (c + w) | 0;
    d = (d + x + pass) | 0;
    const first = u;
    u = v;
    v = w;
    w = x;
    x = y;
    y = first;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

const PARITY = 0x1bd11bda;
const ROTATIONS = Int32Array.of(10, 26, 11, 21, 13, 27, 23, 5, 6, 20, 17, 11, 25, 10, 18, 20);

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
