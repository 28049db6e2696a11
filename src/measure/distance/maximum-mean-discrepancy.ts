import { checkNumber, checkOneOf } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { normalQuantile } from '../../base/special-functions.ts';
import type { EmpiricalMeasure } from '../empirical.ts';
import { atomsOfBoth, type MeasureLike } from '../measure.ts';
import { gaussianKernel, medianDistance, type RadialKernel } from './kernel.ts';
import { streamedCosts } from './point-costs.ts';
import { checkEqualWeights, type Interval } from './two-sample.ts';

/** Options of the kernel discrepancies. */
export interface DiscrepancyOptions {
  /** Default: Gaussian, with the median distance between points as bandwidth. */
  readonly kernel?: RadialKernel;
}

/**
 * ‖∫k(x, ·) d(μ − ν)‖ in the kernel's space, exact for the two measures: the root of the biased estimate. O((N + M)² p).
 *
 * A. Gretton et al., A kernel two-sample test, JMLR 13 (2012) 723–773.
 */
export function maximumMeanDiscrepancy(
  first: MeasureLike,
  second: MeasureLike,
  options: DiscrepancyOptions = {},
): number {
  return Math.sqrt(Math.max(0, maximumMeanDiscrepancySquared(first, second, options)));
}

/**
 * The square of `maximumMeanDiscrepancy`.
 *
 * @param options.estimator - `biased` (default): of the two measures themselves, ≥ 0 up to rounding. `unbiased`: of the laws
 * that two samples were drawn from: pairs of a point with itself are left out, so it may be negative; needs two atoms a side
 */
export function maximumMeanDiscrepancySquared(
  first: MeasureLike,
  second: MeasureLike,
  options: DiscrepancyOptions & { readonly estimator?: 'biased' | 'unbiased' } = {},
): number {
  const estimator = checkOneOf('estimator', options.estimator ?? 'biased', ['biased', 'unbiased']);
  const [a, b] = atomsOfBoth(first, second);
  const kernel = options.kernel ?? gaussianKernel(medianDistance(a, b));
  const within = (measure: EmpiricalMeasure, name: string) => {
    const sum = mean(measure, kernelMeans(measure, measure, kernel));
    if (estimator === 'biased') return sum;
    const squares = measure.weights.reduce((total, w) => total + w * w, 0);
    if (measure.count < 2 || squares >= 1)
      throw new ArgumentError(
        `${name}.count`,
        measure.count,
        'at least 2 atoms of positive weight for the unbiased estimator',
      );
    return (sum - squares * kernel.ofSquaredDistance(0)) / (1 - squares);
  };
  return within(a, 'first') + within(b, 'second') - 2 * mean(a, kernelMeans(a, b, kernel));
}

/**
 * Confidence interval for the squared discrepancy between the laws of two independent samples, around the unbiased
 * estimate: asymptotic normal, with the variance of the U-statistic's first projection. Valid for different laws; for
 * equal ones the statistic is degenerate and the interval only too wide or too narrow: use `permutationTest`.
 *
 * @param options.level - default 0.95
 */
export function maximumMeanDiscrepancySquaredInterval(
  first: MeasureLike,
  second: MeasureLike,
  options: DiscrepancyOptions & { readonly level?: number } = {},
): Interval {
  const level = checkNumber('level', options.level ?? 0.95, { above: 0, below: 1 });
  const [a, b] = atomsOfBoth(first, second);
  checkEqualWeights(a, b);
  const kernel = options.kernel ?? gaussianKernel(medianDistance(a, b));
  const estimate = maximumMeanDiscrepancySquared(a, b, { kernel, estimator: 'unbiased' });
  const variance = 4 * projectionVariance(a, b, kernel) + 4 * projectionVariance(b, a, kernel);
  const margin = normalQuantile(0.5 + level / 2) * Math.sqrt(variance);
  return { estimate, lower: estimate - margin, upper: estimate + margin, level };
}

/** Variance of the mean of h(x_i) = E k(x_i, X′) − E k(x_i, Y). */
function projectionVariance(a: EmpiricalMeasure, b: EmpiricalMeasure, kernel: RadialKernel): number {
  const n = a.count;
  const own = kernelMeans(a, a, kernel).map((value) => (n * value - kernel.ofSquaredDistance(0)) / (n - 1));
  const h = kernelMeans(a, b, kernel).map((value, i) => own[i]! - value);
  const centre = mean(a, h);
  return h.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1) / n;
}

/** ∫k(x_i, ·) dν for each atom of μ. */
function kernelMeans(a: EmpiricalMeasure, b: EmpiricalMeasure, kernel: RadialKernel): Float64Array {
  const squares = streamedCosts(a, b, 2);
  const buffer = new Float64Array(b.count);
  const out = new Float64Array(a.count);
  for (let i = 0; i < a.count; i++) {
    const row = squares.row(i, buffer);
    let sum = 0;
    for (let j = 0; j < row.length; j++) sum += b.weights[j]! * kernel.ofSquaredDistance(row[j]!);
    out[i] = sum;
  }
  return out;
}

function mean(measure: EmpiricalMeasure, values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += measure.weights[i]! * values[i]!;
  return sum;
}
