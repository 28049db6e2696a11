import { argsort } from '../../measure/argsort.ts';

/** The bits of a key are whole numbers up to 2^52. */
const KEY_BITS = 52;

/**
 * The order of points along a space-filling curve: neighbours in the list are neighbours in space. On the line it sorts; in
 * more dimensions it follows a Hilbert curve through the coordinates, each mapped to (0, 1) by the logistic curve that fits
 * its mean and spread. O(Np log), of which the first 52 coordinates count.
 *
 * @param particles - `[N, p]`
 */
export function spaceFillingOrder(particles: Float64Array, p: number): Uint32Array {
  if (p === 1) return argsort(particles);
  const count = particles.length / p;
  const used = Math.min(p, KEY_BITS);
  // Five bits beyond what tells N points apart if they fill the cube evenly.
  const bits = Math.min(30, Math.floor(KEY_BITS / used), Math.ceil(Math.log2(count + 1) / used) + 5);
  const cells = new Uint32Array(count * used);
  for (let k = 0; k < used; k++) cellsOfCoordinate(particles, p, k, bits, cells, used);
  const keys = new Float64Array(count);
  const point = new Uint32Array(used);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < used; k++) point[k] = cells[i * used + k]!;
    keys[i] = hilbertKey(point, bits);
  }
  return argsort(keys);
}

/** Cuts (0, 1), onto which the coordinate is mapped, into 2^bits cells. */
function cellsOfCoordinate(
  particles: Float64Array,
  p: number,
  k: number,
  bits: number,
  cells: Uint32Array,
  used: number,
): void {
  const count = particles.length / p;
  let mean = 0;
  for (let i = k; i < particles.length; i += p) mean += particles[i]! / count;
  let variance = 0;
  for (let i = k; i < particles.length; i += p) variance += (particles[i]! - mean) ** 2 / count;
  // The logistic law of scale s has variance (πs)²/3.
  const rate = variance > 0 ? Math.PI / Math.sqrt(3 * variance) : 0;
  const size = 2 ** bits;
  for (let i = 0; i < count; i++) {
    const u = 1 / (1 + Math.exp(-rate * (particles[i * p + k]! - mean)));
    cells[i * used + k] = Math.min(size - 1, Math.floor(u * size));
  }
}

/**
 * The position of a cell on the Hilbert curve through 2^(bits·p) cells. J. Skilling, Programming the Hilbert curve, AIP
 * Conference Proceedings 707 (2004): undo the rotations and reflections from the top bit down, then read off a Gray code.
 *
 * @param point - coordinates of the cell, each below 2^bits; overwritten
 */
export function hilbertKey(point: Uint32Array, bits: number): number {
  const p = point.length;
  for (let q = 1 << (bits - 1); q > 1; q >>= 1)
    for (let k = 0; k < p; k++) {
      if (point[k]! & q) point[0]! ^= q - 1;
      else {
        const swap = (point[0]! ^ point[k]!) & (q - 1);
        point[0]! ^= swap;
        point[k]! ^= swap;
      }
    }
  for (let k = 1; k < p; k++) point[k]! ^= point[k - 1]!;
  let flip = 0;
  for (let q = 1 << (bits - 1); q > 1; q >>= 1) if (point[p - 1]! & q) flip ^= q - 1;
  let key = 0;
  for (let b = bits - 1; b >= 0; b--) for (let k = 0; k < p; k++) key = 2 * key + (((point[k]! ^ flip) >>> b) & 1);
  return key;
}
