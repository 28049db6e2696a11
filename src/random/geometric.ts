import { ArgumentError } from '../base/errors.ts';
import { log1p } from './elementary.ts';
import { exponential } from './exponential.ts';
import type { Stream } from './stream.ts';

/**
 * Failures before the first success in independent trials: P(k) = p(1 - p)^k, k = 0, 1, …
 *
 * The integer part of an exponential number divided by -log(1 - p), which has this law exactly; results above 2⁵³ are
 * rounded as floats are. p = 1 gives 0 without a draw.
 *
 * @param p - probability of success, in (0, 1]
 */
export function geometric(rng: Stream, p: number): number {
  if (!(p > 0 && p <= 1)) throw new ArgumentError('p', p, 'a number in (0, 1]');
  if (p === 1) return 0;
  return Math.floor(exponential(rng) / -log1p(-p));
}
