import type { MatrixLike, VectorLike } from '../base/arrays.ts';
import { assemble, type ErrorEstimates } from './error-estimates.ts';
import { RunningMoments } from './running-moments.ts';
import { meanOfRows, squaredDistance, toSample, toWeights } from './sample.ts';

/**
 * The fluctuation √E‖F − E F‖²_ν at each size: its square is estimated without bias by s² = Σ_r ‖F_r − F̄‖²/(R − 1).
 *
 * The variance of s² is the jackknife one, which involves fourth moments only: (R − 1)/(R(R − 2)²) Σ_r (Y_r − s²)² with
 * Y_r = R‖F_r − F̄‖²/(R − 1). Its degrees of freedom are 2(R − 1)/(κ − 1), κ the kurtosis of Y: that of the sample, but at
 * least that of a normal law of the same effective dimension k = (tr Σ)²/tr Σ², 3 + 12/k (docs/theory.md 10.2). Assumes
 * independent replicates, and fourth moments. Cost O(Rm) a size.
 *
 * @param samples - for each size its replicates `[R, m]`, R ≥ 4
 * @param options.weights - ν (m), default 1/m
 */
export function fluctuations(
  samples: readonly MatrixLike[],
  options: { readonly weights?: VectorLike } = {},
): ErrorEstimates {
  const size = samples.length;
  const values = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  const degrees = new Float64Array(size);
  const replicates = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const sample = toSample(`samples[${i}]`, samples[i]!, 4);
    const weights = toWeights(options.weights, sample.columns);
    const mean = meanOfRows(sample);
    const R = sample.rows;
    replicates[i] = R;
    const y = Float64Array.from({ length: R }, (_, r) => (R / (R - 1)) * squaredDistance(sample, r, mean, weights));
    const moments = new RunningMoments();
    for (const v of y) moments.add(v);
    values[i] = moments.mean;
    covariance[i * size + i] = (((R - 1) / (R - 2)) ** 2 * moments.variance) / R;
    degrees[i] = varianceDegrees(moments);
  }
  return assemble(2, values, covariance, degrees, undefined, { replicates });
}

/** Degrees of freedom of the sample variance of squared norms Y, whose mean is an estimated square; at least 1. */
export function varianceDegrees(moments: RunningMoments): number {
  const { count, mean, variance } = moments;
  if (variance === 0) return Infinity;
  const dimension = Math.max(1, (2 * mean * mean) / variance);
  return Math.max(1, (2 * (count - 1)) / (Math.max(moments.kurtosis, 3 + 12 / dimension) - 1));
}
