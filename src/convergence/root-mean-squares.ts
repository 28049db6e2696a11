import type { MatrixLike, VectorLike } from '../base/arrays.ts';
import { quadratic } from './biases.ts';
import { assemble, type ErrorEstimates } from './error-estimates.ts';
import { varianceDegrees } from './fluctuations.ts';
import { type Reference, toReference } from './reference.ts';
import { RunningMoments } from './running-moments.ts';
import { meanOfRows, squaredDistance, toSample, toWeights } from './sample.ts';

/**
 * The root mean square error √E‖F − f‖²_ν against a limit f at each size (fluctuation and bias together): its square is
 * estimated without bias by the mean of ‖F_r − f̂‖² minus tr G, where G = Σ_f/L is the covariance of the reference's mean.
 *
 * Variance: that of the mean over replicates, plus 4D̂ᵀGD̂ + 2 tr G² from the reference, which all sizes share
 * (docs/theory.md 10.2). Assumes independent replicates and fourth moments. Cost O(Rm + m²) a size.
 *
 * @param samples - for each size its replicates `[R, m]`, R ≥ 2
 * @param reference - replicates of the limit `[L, m]`, L ≥ 2, or its exact value (m)
 * @param options.weights - ν (m), default 1/m
 */
export function rootMeanSquares(
  samples: readonly MatrixLike[],
  reference: Reference,
  options: { readonly weights?: VectorLike } = {},
): ErrorEstimates {
  const size = samples.length;
  const limit = toReference(reference, options.weights);
  const m = limit.mean.length;
  const weights = toWeights(options.weights, m);
  const values = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  const degrees = new Float64Array(size);
  const replicates = new Float64Array(size);
  let trace = 0;
  for (let j = 0; j < m; j++) trace += limit.covariance[j * m + j]!;
  const floor = 2 * limit.covariance.reduce((sum, v) => sum + v * v, 0);
  const additive = new Float64Array(size);
  const differences: Float64Array[] = [];
  for (let i = 0; i < size; i++) {
    const sample = toSample(`samples[${i}]`, samples[i]!, 2, m);
    const R = sample.rows;
    replicates[i] = R;
    const y = Float64Array.from({ length: R }, (_, r) => squaredDistance(sample, r, limit.mean, weights));
    const moments = new RunningMoments();
    for (const v of y) moments.add(v);
    const own = moments.variance / R;
    const d = meanOfRows(sample).map((v, j) => Math.sqrt(weights[j]!) * (v - limit.mean[j]!));
    differences.push(d);
    const shared = 4 * quadratic(limit.covariance, d, d) + floor;
    additive[i] = Math.sqrt(shared);
    values[i] = moments.mean - trace;
    covariance[i * size + i] = own + shared;
    degrees[i] =
      (own + shared) ** 2 / (own ** 2 / varianceDegrees(moments) + shared ** 2 / limit.degrees) || limit.degrees;
    for (let k = 0; k < i; k++) {
      const common = 4 * quadratic(limit.covariance, d, differences[k]!) + floor;
      covariance[i * size + k] = common;
      covariance[k * size + i] = common;
    }
  }
  return assemble(2, values, covariance, degrees, additive, { replicates });
}
