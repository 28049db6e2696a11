import { checkInteger } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { JOE_KUO } from './joe-kuo.ts';
import type { Stream } from './stream.ts';

/** Largest dimension of a Sobol sequence. */
export const SOBOL_DIMENSIONS = JOE_KUO.length + 1;

const BITS = 32;

/** A Sobol sequence, plain or scrambled. */
export interface SobolSequence {
  readonly dimension: number;
  readonly scrambled: boolean;
  /** Direction numbers, 32 a dimension. [dimension, 32] */
  readonly directions: Int32Array;
  /** What is added (without carry) to every point. [dimension] */
  readonly shift: Int32Array;
}

export interface SobolOptions {
  /** Coordinates of a point: an integer in [1, 128]. */
  readonly dimension: number;
  /** Scrambles the sequence; without it the plain one, whose first point is 0. Draws 32 words a dimension. */
  readonly rng?: Stream;
}

/**
 * A Sobol sequence with the direction numbers of Joe and Kuo, scrambled by random lower triangular matrices and a digital
 * shift (J. Matoušek, J. Complexity 14, 1998): every point of a scrambled sequence is uniform on the cube, so means over
 * it are unbiased, the first 2^k points stay as evenly spread as the plain ones, and the variance is that of Owen's nested
 * scrambling (A. B. Owen, ACM TOMACS 13, 2003). Use the first 2^k points: other numbers lose the balance.
 *
 * Coordinates have 32 bits: no more than 2³² points, and normal quantiles of them stay within ±6.3.
 */
export function sobolSequence({ dimension, rng }: SobolOptions): SobolSequence {
  checkInteger('dimension', dimension, { min: 1, max: SOBOL_DIMENSIONS });
  const directions = new Int32Array(BITS * dimension);
  const shift = new Int32Array(dimension);
  for (let d = 0; d < dimension; d++) {
    const own = directions.subarray(BITS * d, BITS * (d + 1));
    plainDirectionsInto(d, own);
    if (rng !== undefined) shift[d] = scramble(rng, own);
  }
  return { dimension, scrambled: rng !== undefined, directions, shift };
}

/**
 * Writes points start, …, start + count - 1 of the sequence, in Gray code order, to `out` `[count, dimension]`. Scrambled
 * coordinates are odd multiples of 2⁻³³, in (0, 1); plain ones are multiples of 2⁻³², in [0, 1). O(count·dimension).
 */
export function sobolInto(sequence: SobolSequence, start: number, count: number, out: Float64Array): void {
  const { dimension, scrambled, directions, shift } = sequence;
  checkInteger('start', start, { min: 0, max: 2 ** BITS });
  checkInteger('count', count, { min: 0, max: 2 ** BITS - start });
  if (out.length < count * dimension)
    throw new ArgumentError('out.length', out.length, `at least count * dimension = ${count * dimension}`);
  const middle = scrambled ? 0.5 : 0;
  for (let d = 0; d < dimension; d++) {
    const base = BITS * d;
    let word = shift[d]! ^ point(directions, base, start);
    for (let i = 0; i < count; i++) {
      out[i * dimension + d] = ((word >>> 0) + middle) / 4294967296;
      // The Gray codes of i and i + 1 differ in the place of the lowest 0 of i; after 2³² - 1 there is no next point.
      const next = ~(start + i);
      word ^= directions[base + 31 - Math.clz32(next & -next)] ?? 0;
    }
  }
}

/** Point `index` without its shift: the sum of the directions at the ones of its Gray code. */
function point(directions: Int32Array, base: number, index: number): number {
  let word = 0;
  for (let gray = (index ^ (index >>> 1)) >>> 0, j = 0; gray !== 0; gray >>>= 1, j++)
    if (gray & 1) word ^= directions[base + j]!;
  return word;
}

/** v_j = m_j 2^(32-j), continued by the recurrence of the polynomial (P. Bratley, B. L. Fox, ACM TOMS 14, 1988). */
function plainDirectionsInto(d: number, out: Int32Array): void {
  if (d === 0) {
    for (let j = 0; j < BITS; j++) out[j] = 1 << (31 - j);
    return;
  }
  const [polynomial, ...initial] = JOE_KUO[d - 1]! as [number, ...number[]];
  const degree = initial.length;
  for (let j = 0; j < BITS; j++) {
    if (j < degree) {
      out[j] = initial[j]! << (31 - j);
      continue;
    }
    let word = out[j - degree]! ^ (out[j - degree]! >>> degree);
    for (let k = 1; k < degree; k++) if ((polynomial >>> (degree - k)) & 1) word ^= out[j - k]!;
    out[j] = word;
  }
}

/** Multiplies the directions by a random lower triangular bit matrix with ones on its diagonal; returns a random shift. */
function scramble(rng: Stream, directions: Int32Array): number {
  const columns = new Int32Array(BITS);
  for (let j = 0; j < BITS; j++) columns[j] = (1 << (31 - j)) | (j < 31 ? rng.nextInt32() >>> (j + 1) : 0);
  for (let i = 0; i < BITS; i++) {
    let word = 0;
    for (let j = 0; j < BITS; j++) if ((directions[i]! >>> (31 - j)) & 1) word ^= columns[j]!;
    directions[i] = word;
  }
  return rng.nextInt32();
}
