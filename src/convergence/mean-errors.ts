import { toVector, type VectorLike } from '../base/arrays.ts';
import { ArgumentError } from '../base/errors.ts';
import { assemble, type ErrorEstimates } from './error-estimates.ts';
import type { Estimate } from './estimate.ts';
import { RunningMoments } from './running-moments.ts';

/**
 * The mean of independent numbers with its standard error s/√R and R − 1 degrees of freedom.
 *
 * Assumes independence and a finite variance; Student's interval also that R is large enough for the central limit
 * theorem (docs/theory.md 10.2).
 *
 * @param values - R ≥ 2 numbers
 */
export function meanEstimate(values: VectorLike): Estimate {
  const moments = new RunningMoments();
  for (const x of toVector('values', values)) moments.add(x);
  return moments.estimate();
}

/**
 * Errors that are means of one number a replicate, e.g. sup_t ‖X(t) − X̄(t)‖ of coupled paths, averaged over neurons.
 *
 * @param values - for each size the numbers of its R ≥ 2 independent replicates
 */
export function meanErrors(values: readonly VectorLike[]): ErrorEstimates {
  const size = values.length;
  const means = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  const degrees = new Float64Array(size);
  const replicates = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const sample = toVector(`values[${i}]`, values[i]!);
    if (sample.length < 2) throw new ArgumentError(`values[${i}].length`, sample.length, 'at least 2 replicates');
    const estimate = meanEstimate(sample);
    means[i] = estimate.value;
    covariance[i * size + i] = estimate.standardError ** 2;
    degrees[i] = estimate.degrees;
    replicates[i] = sample.length;
  }
  return assemble(1, means, covariance, degrees, undefined, { replicates });
}
