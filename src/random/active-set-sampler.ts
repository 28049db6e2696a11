import { ArgumentError } from '../base/errors.ts';
import { activeSetInto, checkActiveSet } from './active-set.ts';
import { complementInPlace } from './complement.ts';
import { skipTable, successesInto } from './skip-table.ts';
import type { Stream } from './stream.ts';

/** Draws active sets for one keep rate, many times over. */
export interface ActiveSetSampler {
  readonly keepRate: number;
  /** Writes a fresh active set of 0, …, n - 1, sorted, to the head of `out` (capacity at least n); returns its size. */
  into(rng: Stream, n: number, out: Int32Array): number;
}

/** Where 4096 skips no longer reach nearly all of the distribution. */
const SMALLEST_TABLED = 1 / 512;

/**
 * A sampler of the same law as `activeSetInto`, up to twice as fast, from a table made once (up to 57 kB, 0.2 ms).
 *
 * The skip from one active neuron to the next is geometric. One 32-bit word is looked up in its distribution function
 * (4096 guide entries, then a short linear search: H.-C. Chen, Y. Asau, AIIE Transactions 6, 1974); a word that hits a
 * step of the function is completed by 53 more bits, so every skip has its probability to 2⁻⁵³, the rounding of the
 * function itself. Skips beyond the table go on from its end, because the law has no memory. For q > ½ the neurons left
 * out are drawn. For q or 1 - q below 1/512, and q = 1, it calls `activeSetInto`.
 *
 * From the same stream it draws another set than `activeSetInto`. Expected cost O(qn), for q > ½ O(n) writes.
 *
 * @param keepRate - q in (0, 1]
 */
export function activeSetSampler(keepRate: number): ActiveSetSampler {
  if (!(keepRate > 0 && keepRate <= 1)) throw new ArgumentError('keepRate', keepRate, 'a number in (0, 1]');
  const rate = Math.min(keepRate, 1 - keepRate);
  if (rate < SMALLEST_TABLED) return { keepRate, into: (rng, n, out) => activeSetInto(rng, n, keepRate, out) };
  const table = skipTable(rate);
  return {
    keepRate,
    into(rng, n, out) {
      checkActiveSet(n, keepRate, out);
      const count = successesInto(rng, table, n, out);
      return keepRate > 0.5 ? complementInPlace(out, count, n) : count;
    },
  };
}
