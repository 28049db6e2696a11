import { ArgumentError } from '../base/errors.ts';
import { complementInPlace } from './complement.ts';
import { log, log1p } from './elementary.ts';
import { exponential } from './exponential.ts';
import type { Stream } from './stream.ts';

/**
 * The active set of one dropout step: each of 0, …, n - 1 is in it with probability q, independently.
 *
 * Writes the set in increasing order to the head of `out` and returns its size. Goes from one active neuron to the next
 * by geometric skips, so it expects qn + 1 exponentials, O(qn). For q > ½ the neurons left out are drawn instead:
 * (1 - q)n + 1 exponentials and n writes. q = 1 gives all neurons without a draw.
 *
 * The probability is q up to the rounding of log(1 - q) and of the exponential, a few units of 2⁻⁵³ relative to q.
 * For many sets at one q, `activeSetSampler(q)` is faster.
 *
 * @param n - an integer in [0, 2³¹ - 1]
 * @param q - keep rate, in (0, 1]
 * @param out - capacity at least n
 */
export function activeSetInto(rng: Stream, n: number, q: number, out: Int32Array): number {
  checkActiveSet(n, q, out);
  if (q <= 0.5) return skipInto(rng, n, -1 / log1p(-q), out);
  return complementInPlace(out, q === 1 ? 0 : skipInto(rng, n, -1 / log(q), out), n);
}

/** The arguments of every active set, checked. */
export function checkActiveSet(n: number, q: number, out: Int32Array): void {
  if (!(n >= 0 && n <= 2147483647) || Math.floor(n) !== n)
    throw new ArgumentError('n', n, 'an integer in [0, 2^31 - 1]');
  if (!(q > 0 && q <= 1)) throw new ArgumentError('q', q, 'a number in (0, 1]');
  if (out.length < n) throw new ArgumentError('out.length', out.length, `at least n = ${n}`);
}

function skipInto(rng: Stream, n: number, meanSkip: number, out: Int32Array): number {
  let count = 0;
  let position = Math.floor(exponential(rng) * meanSkip);
  while (position < n) {
    out[count++] = position;
    position += 1 + Math.floor(exponential(rng) * meanSkip);
  }
  return count;
}
