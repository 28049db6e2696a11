import { ArgumentError } from '../base/errors.ts';
import { exponential } from './exponential.ts';
import type { Stream } from './stream.ts';

/**
 * The active set of one dropout step: each of 0, …, n - 1 is in it with probability q, independently.
 *
 * Writes the set in increasing order to the head of `out` and returns its size. Goes from one active neuron to the next
 * by geometric skips: qn + 1 exponentials expected, O(qn). q = 1 gives all neurons without a draw.
 *
 * @param n - an integer ≥ 0
 * @param q - keep rate, in (0, 1]
 * @param out - capacity at least n
 */
export function activeSetInto(rng: Stream, n: number, q: number, out: Int32Array): number {
  if (!Number.isInteger(n) || n < 0) throw new ArgumentError('n', n, 'an integer in [0, 2^31 - 1]');
  if (!(q > 0 && q <= 1)) throw new ArgumentError('q', q, 'a number in (0, 1]');
  if (out.length < n) throw new ArgumentError('out.length', out.length, `at least n = ${n}`);
  if (q === 1) {
    for (let i = 0; i < n; i++) out[i] = i;
    return n;
  }
  const perTrial = -1 / Math.log1p(-q);
  let count = 0;
  let position = exponential(rng) * perTrial;
  while (position < n) {
    const neuron = Math.floor(position);
    out[count++] = neuron;
    position = neuron + 1 + Math.floor(exponential(rng) * perTrial);
  }
  return count;
}
