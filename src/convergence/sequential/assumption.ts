import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';

/**
 * What is known of a sample beforehand; the error probabilities of a sequential test rest on it.
 * The first three are exact for every sample size, the last is approximate.
 */
export type Assumption =
  | { readonly kind: 'bounded'; readonly low: number; readonly high: number }
  | { readonly kind: 'sub-gaussian'; readonly scale: number }
  | { readonly kind: 'finite-variance'; readonly standardDeviation: number }
  | { readonly kind: 'asymptotic'; readonly burnIn: number };

/** Every number lies in [low, high]. */
export function bounded(low: number, high: number): Assumption {
  checkNumber('low', low);
  checkNumber('high', high, { above: low });
  return { kind: 'bounded', low, high };
}

/** E e^(s(X − EX)) ≤ e^(s²scale²/2) for all s: normal with at most this standard deviation, or bounded in a range of 2·scale. */
export function subGaussian(scale: number): Assumption {
  return { kind: 'sub-gaussian', scale: checkNumber('scale', scale, { above: 0 }) };
}

/** The standard deviation is at most this. */
export function finiteVariance(standardDeviation: number): Assumption {
  return {
    kind: 'finite-variance',
    standardDeviation: checkNumber('standardDeviation', standardDeviation, { above: 0 }),
  };
}

/**
 * The fourth moment is finite, nothing is known: the variance is estimated as sampling goes on, and inflated by three of its
 * standard errors. The error probabilities then hold approximately, the better the smaller the difference to be seen is
 * against the standard deviation. They do not hold where the mean rests on events too rare to show in the first
 * `burnIn` numbers: name a bound there. Numbers that are all equal count as a constant law only as far as their number
 * excludes that a hundredth of the law is elsewhere.
 *
 * @param options.burnIn - numbers that serve for the variance only, default 200
 */
export function asymptotic(options: { readonly burnIn?: number } = {}): Assumption {
  return { kind: 'asymptotic', burnIn: checkInteger('burnIn', options.burnIn ?? 200, { min: 20 }) };
}

/** An assumption in words, for the result that rests on it. */
export function describeAssumption(assume: Assumption): string {
  switch (assume.kind) {
    case 'bounded':
      return `bounded: every number lies in [${assume.low}, ${assume.high}]`;
    case 'sub-gaussian':
      return `sub-gaussian with scale ${assume.scale}`;
    case 'finite-variance':
      return `finite-variance: the standard deviation is at most ${assume.standardDeviation}`;
    case 'asymptotic':
      return `asymptotic: the fourth moment is finite, and ${assume.burnIn} numbers and more show the variance`;
  }
}

/** What is known of X − ratio·Y, for independent X and Y with ratio > 0. */
export function assumptionOfDifference(x: Assumption, y: Assumption, ratio: number): Assumption {
  if (x.kind === 'bounded' && y.kind === 'bounded') return bounded(x.low - ratio * y.high, x.high - ratio * y.low);
  if (x.kind === 'sub-gaussian' && y.kind === 'sub-gaussian') return subGaussian(Math.hypot(x.scale, ratio * y.scale));
  if (x.kind === 'finite-variance' && y.kind === 'finite-variance')
    return finiteVariance(Math.hypot(x.standardDeviation, ratio * y.standardDeviation));
  if (x.kind === 'asymptotic' && y.kind === 'asymptotic')
    return { kind: 'asymptotic', burnIn: Math.max(x.burnIn, y.burnIn) };
  throw new ArgumentError('assume', [x.kind, y.kind], 'of the same kind for both samples');
}
