import { checkNumber } from '../../base/check.ts';
import { kolmogorovUpperTail } from '../../base/special-functions.ts';
import { lineAtomsOfBoth, type MeasureLike } from '../measure.ts';
import { forEachStep } from './distribution-functions.ts';
import { checkEqualWeights, type Interval } from './two-sample.ts';

/** sup_x |F(x) − G(x)| on the line, exact for weighted atoms. O(N) beside sorting. */
export function kolmogorovSmirnov(first: MeasureLike, second: MeasureLike): number {
  const [a, b] = lineAtomsOfBoth(first, second);
  let largest = 0;
  forEachStep(a, b, (gap) => {
    largest = Math.max(largest, Math.abs(gap));
  });
  return largest;
}

/**
 * Two-sample test of equal laws: the statistic and its p-value from Kolmogorov's limit law, asymptotic in both sizes and
 * conservative for laws with atoms. Samples are independent, with equal weights.
 */
export function kolmogorovSmirnovTest(
  first: MeasureLike,
  second: MeasureLike,
): { readonly statistic: number; readonly pValue: number } {
  const [a, b] = lineAtomsOfBoth(first, second);
  checkEqualWeights(a, b);
  const statistic = kolmogorovSmirnov(a, b);
  return { statistic, pValue: kolmogorovUpperTail(statistic * Math.sqrt((a.count * b.count) / (a.count + b.count))) };
}

/**
 * Confidence interval for the distance between the laws that two independent samples were drawn from, valid for every size:
 * each empirical distribution function is within √(log(2/δ)/(2n)) of its law with probability 1 − δ (P. Massart, 1990,
 * the Dvoretzky–Kiefer–Wolfowitz inequality), and δ is half of 1 − level for each.
 *
 * @param level - default 0.95
 */
export function kolmogorovSmirnovInterval(first: MeasureLike, second: MeasureLike, level = 0.95): Interval {
  checkNumber('level', level, { above: 0, below: 1 });
  const [a, b] = lineAtomsOfBoth(first, second);
  checkEqualWeights(a, b);
  const estimate = kolmogorovSmirnov(a, b);
  const half = Math.log(4 / (1 - level)) / 2;
  const margin = Math.sqrt(half / a.count) + Math.sqrt(half / b.count);
  return { estimate, lower: Math.max(0, estimate - margin), upper: Math.min(1, estimate + margin), level };
}
