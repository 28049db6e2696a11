import type { MatrixLike, VectorLike } from '../base/arrays.ts';
import { assemble, type ErrorEstimates } from './error-estimates.ts';
import { type Reference, toReference } from './reference.ts';
import { meanOfRows, toSample, toWeights, weightedCovariance } from './sample.ts';

/**
 * The bias ‖E F − f‖_ν against a limit f at each size, f itself known or estimated by independent replicates that all
 * sizes share. Its square is estimated without bias by the U-statistic ‖D̂‖² − tr V − tr G, where D̂ = F̄ − f̂, V = Σ_F/R and
 * G = Σ_f/L (norms and covariances ν-weighted); it may come out negative when the bias is below the noise.
 *
 * Its variance is 4DᵀUD + 2 tr U² with U = V + G, estimated by max(4D̂ᵀUD̂ − 2 tr U², 2 tr U²); sizes are correlated through
 * the reference, with covariance 4D̂ᵢᵀG D̂ⱼ (docs/theory.md 10.2). Assumes independent replicates and means close to
 * normal. Cost O(Rm²) a size.
 *
 * @param samples - for each size its replicates `[R, m]`, R ≥ 2
 * @param reference - replicates of the limit `[L, m]`, L ≥ 2, or its exact value (m)
 * @param options.weights - ν (m), default 1/m
 */
export function biases(
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
  const differences: Float64Array[] = [];
  for (let i = 0; i < size; i++) {
    const sample = toSample(`samples[${i}]`, samples[i]!, 2, m);
    const mean = meanOfRows(sample);
    const own = weightedCovariance(sample, mean, weights).map((v) => v / sample.rows);
    const d = mean.map((v, j) => Math.sqrt(weights[j]!) * (v - limit.mean[j]!));
    differences.push(d);
    let square = 0;
    let traceOfSquare = 0;
    let traceOfOwnSquare = 0;
    for (let j = 0; j < m; j++) square += d[j]! ** 2 - own[j * m + j]! - limit.covariance[j * m + j]!;
    for (let k = 0; k < m * m; k++) {
      traceOfSquare += (own[k]! + limit.covariance[k]!) ** 2;
      traceOfOwnSquare += own[k]! ** 2;
    }
    const fromOwn = 4 * quadratic(own, d, d);
    const fromLimit = 4 * quadratic(limit.covariance, d, d);
    const variance = Math.max(fromOwn + fromLimit - 2 * traceOfSquare, 2 * traceOfSquare);
    values[i] = square;
    // at least its own noise on top of the shared part: then the whole matrix is positive definite
    covariance[i * size + i] = Math.max(variance, fromLimit + 2 * traceOfOwnSquare);
    degrees[i] =
      (fromOwn + fromLimit) ** 2 / (fromOwn ** 2 / (sample.rows - 1) + fromLimit ** 2 / limit.degrees) || limit.degrees;
    for (let k = 0; k < i; k++) {
      const shared = 4 * quadratic(limit.covariance, d, differences[k]!);
      covariance[i * size + k] = shared;
      covariance[k * size + i] = shared;
    }
  }
  return assemble(2, values, covariance, degrees);
}

/** xᵀ A y. */
export function quadratic(a: Float64Array, x: Float64Array, y: Float64Array): number {
  const n = x.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let j = 0; j < n; j++) row += a[i * n + j]! * y[j]!;
    sum += x[i]! * row;
  }
  return sum;
}
