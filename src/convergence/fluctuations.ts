import type { MatrixLike, VectorLike } from '../base/arrays.ts';
import { assemble, type ErrorEstimates } from './error-estimates.ts';
import { meanOfRows, squaredDistance, toSample, toWeights } from './sample.ts';

/**
 * The fluctuation √E‖F − E F‖²_ν at each size: its square is estimated without bias by s² = Σ_r ‖F_r − F̄‖²/(R − 1).
 *
 * The variance of s² is the jackknife one, which involves fourth moments only: (R − 1)/(R(R − 2)²) Σ_r (Y_r − s²)² with
 * Y_r = R‖F_r − F̄‖²/(R − 1). Its degrees of freedom are those of a normal sample whose s² has the observed relative
 * variance 2/k: R/(1 + 6/k), k the effective dimension (tr Σ)²/tr Σ² (docs/theory.md 10.2). Assumes independent
 * replicates, and fourth moments. Cost O(Rm) a size.
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
  for (let i = 0; i < size; i++) {
    const sample = toSample(`samples[${i}]`, samples[i]!, 4);
    const weights = toWeights(options.weights, sample.columns);
    const mean = meanOfRows(sample);
    const R = sample.rows;
    const y = Float64Array.from({ length: R }, (_, r) => (R / (R - 1)) * squaredDistance(sample, r, mean, weights));
    const s2 = y.reduce((sum, v) => sum + v, 0) / R;
    const spread = y.reduce((sum, v) => sum + (v - s2) ** 2, 0);
    const variance = ((R - 1) / (R * (R - 2) ** 2)) * spread;
    values[i] = s2;
    covariance[i * size + i] = variance;
    const dimension = variance > 0 ? Math.max(1, (2 * s2 * s2) / (R * variance)) : Infinity;
    degrees[i] = Math.max(1, (R - 1) / (1 + 6 / dimension));
  }
  return assemble(2, values, covariance, degrees);
}
