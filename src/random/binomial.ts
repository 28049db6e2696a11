import { ArgumentError } from '../base/errors.ts';
import { log, log1p } from './elementary.ts';
import { exponential } from './exponential.ts';
import { binomialLogProbability } from './saddle-point.ts';
import type { Stream } from './stream.ts';

/**
 * Successes in n independent trials, exact for every n and p: below n·min(p, 1-p) = 10 by skipping from success to
 * success (np + 1 exponentials), from 10 by transformed rejection (BTRS, W. Hörmann, J. Stat. Comput. Simul. 46, 1993),
 * with probabilities in Loader's form.
 *
 * @param n - an integer in [0, 2⁵⁰]
 * @param p - in [0, 1]
 */
export function binomial(rng: Stream, n: number, p: number): number {
  if (!(n >= 0 && n <= 2 ** 50) || Math.floor(n) !== n) throw new ArgumentError('n', n, 'an integer in [0, 2^50]');
  if (!(p >= 0 && p <= 1)) throw new ArgumentError('p', p, 'a number in [0, 1]');
  if (p > 0.5) return n - binomial(rng, n, 1 - p);
  if (p === 0 || n === 0) return 0;
  return n * p < 10 ? bySkips(rng, n, p) : byTransformedRejection(rng, n, p);
}

function bySkips(rng: Stream, n: number, p: number): number {
  const perTrial = -1 / log1p(-p);
  let count = 0;
  for (let i = Math.floor(exponential(rng) * perTrial); i < n; i += 1 + Math.floor(exponential(rng) * perTrial))
    count++;
  return count;
}

function byTransformedRejection(rng: Stream, n: number, p: number): number {
  const { a, b, squeeze, alpha } = binomialHat(n, p);
  const atMode = binomialLogProbability(Math.floor((n + 1) * p), n, p);
  for (;;) {
    const u = rng.uniformOpen() - 0.5;
    const v = rng.uniformOpen();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + n * p + 0.5);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || k > n) continue;
    if (log((v * alpha) / (a / (us * us) + b)) <= binomialLogProbability(k, n, p) - atMode) return k;
  }
}

/** @internal Hörmann's constants; test/random/rejection.test.ts checks that they dominate the law for np from 10. */
export function binomialHat(n: number, p: number) {
  const deviation = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  return {
    b,
    a: -0.0873 + 0.0248 * b + 0.01 * p,
    squeeze: 0.92 - 4.2 / b,
    alpha: (2.83 + 5.1 / b) * deviation,
  };
}
