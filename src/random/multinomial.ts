import { toVector, type VectorLike } from '../base/arrays.ts';
import { checkInteger } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { binomial } from './binomial.ts';
import type { Stream } from './stream.ts';

/**
 * How often each of the outcomes 0, …, k - 1 occurs in n independent trials, written to `out`, by one binomial number an
 * outcome. O(k).
 *
 * @param n - an integer in [0, 2⁵⁰]
 * @param weights - `[k]`, not negative, with a positive finite sum; need not sum to 1
 * @param out - `[k]`
 */
export function multinomialInto(rng: Stream, n: number, weights: VectorLike, out: Float64Array): void {
  checkInteger('n', n, { min: 0, max: 2 ** 50 });
  const rest = toVector('weights', weights, out.length);
  // rest[i] becomes the weight of outcome i and all after it; summed from the end, so that the last ratio is 1.
  const own = rest.slice();
  for (let i = rest.length - 1; i >= 0; i--) {
    if (own[i]! < 0) throw new ArgumentError(`weights[${i}]`, own[i], 'at least 0');
    rest[i] = own[i]! + (rest[i + 1] ?? 0);
  }
  if (!(rest[0]! > 0 && rest[0]! < Number.POSITIVE_INFINITY))
    throw new ArgumentError('sum of weights', rest[0], 'positive and finite');
  let left = n;
  for (let i = 0; i < out.length; i++) {
    out[i] = left === 0 ? 0 : binomial(rng, left, Math.min(1, own[i]! / rest[i]!));
    left -= out[i]!;
  }
}
