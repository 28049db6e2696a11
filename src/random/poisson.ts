import { ArgumentError } from '../base/errors.ts';
import { log } from './elementary.ts';
import { exponential } from './exponential.ts';
import { poissonLogProbability } from './saddle-point.ts';
import type { Stream } from './stream.ts';

/**
 * One Poisson number, exact for every mean: below 10 the arrivals of a unit-rate process are counted (mean + 1
 * exponentials), from 10 by transformed rejection (PTRS, W. Hörmann, Insurance: Math. and Economics 12, 1993; 2.3 to 2.5
 * uniforms), with probabilities in Loader's form so that large means lose no digits.
 *
 * @param mean - in [0, 2⁵⁰]
 */
export function poisson(rng: Stream, mean: number): number {
  if (!(mean >= 0 && mean <= 2 ** 50)) throw new ArgumentError('mean', mean, 'a number in [0, 2^50]');
  return mean < 10 ? byArrivals(rng, mean) : byTransformedRejection(rng, mean);
}

function byArrivals(rng: Stream, mean: number): number {
  if (mean === 0) return 0;
  let count = 0;
  for (let time = exponential(rng); time < mean; time += exponential(rng)) count++;
  return count;
}

function byTransformedRejection(rng: Stream, mean: number): number {
  const { a, b, squeeze, inverseAlpha } = poissonHat(mean);
  for (;;) {
    const u = rng.uniformOpen() - 0.5;
    const v = rng.uniformOpen();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (log((v * inverseAlpha) / (a / (us * us) + b)) <= poissonLogProbability(k, mean)) return k;
  }
}

/**
 * @internal Hörmann's constants, with 1/α raised by 0.8 % and the squeeze lowered by 1.5 %: as published, acceptance
 * would have to exceed 1 by up to 0.57 %, and the squeeze accepts up to 0.44 % too much, at some u for means from 10 to 200.
 * test/random/rejection.test.ts checks that these are right.
 */
export function poissonHat(mean: number) {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  return {
    b,
    a: -0.059 + 0.02483 * b,
    squeeze: 0.9138 - 3.5681 / (b - 2),
    inverseAlpha: 1.1329 + 1.1419 / (b - 3.4),
  };
}
