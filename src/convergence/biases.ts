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
  const directional = new Float64Array(size * size);
  const constant = new Float64Array(size * size);
  const directions: Float64Array[] = [];
  const norms = new Float64Array(size);
  const sharedFloor = 2 * sumOfSquares(limit.covariance);
  for (let i = 0; i < size; i++) {
    const sample = toSample(`samples[${i}]`, samples[i]!, 2, m);
    const mean = meanOfRows(sample);
    const own = weightedCovariance(sample, mean, weights).map((v) => v / sample.rows);
    const d = mean.map((v, j) => Math.sqrt(weights[j]!) * (v - limit.mean[j]!));
    const norm = Math.hypot(...d);
    const direction = d.map((v) => (norm > 0 ? v / norm : 0));
    norms[i] = norm;
    directions.push(direction);
    let square = 0;
    for (let j = 0; j < m; j++) square += d[j]! ** 2 - own[j * m + j]! - limit.covariance[j * m + j]!;
    values[i] = square;
    const all = own.map((v, k) => v + limit.covariance[k]!);
    const fromOwn = quadratic(own, direction, direction);
    const fromLimit = quadratic(limit.covariance, direction, direction);
    const noise = 2 * sumOfSquares(all);
    const variance = Math.max(4 * norm ** 2 * (fromOwn + fromLimit) - noise, noise);
    // at least its own noise on top of the shared part: then the whole matrix is positive definite
    covariance[i * size + i] = Math.max(variance, 4 * norm ** 2 * fromLimit + 2 * sumOfSquares(own));
    directional[i * size + i] = fromOwn + fromLimit;
    constant[i * size + i] = noise;
    degrees[i] =
      (fromOwn + fromLimit) ** 2 / (fromOwn ** 2 / (sample.rows - 1) + fromLimit ** 2 / limit.degrees) || limit.degrees;
    for (let k = 0; k < i; k++) {
      const shared = quadratic(limit.covariance, direction, directions[k]!);
      symmetric(directional, size, i, k, shared);
      symmetric(constant, size, i, k, sharedFloor);
      symmetric(covariance, size, i, k, 4 * norm * norms[k]! * shared);
    }
  }
  const floor = values.map((_, i) => Math.sqrt(covariance[i * size + i]!));
  return assemble(2, values, covariance, degrees, floor, { directional, constant });
}

function symmetric(a: Float64Array, n: number, i: number, j: number, value: number): void {
  a[i * n + j] = value;
  a[j * n + i] = value;
}

function sumOfSquares(a: Float64Array): number {
  return a.reduce((sum, v) => sum + v * v, 0);
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
