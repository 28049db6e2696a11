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
 * normal. Cost O(Rm² + m³) a size.
 *
 * @param samples - for each size its replicates `[R, m]`, R ≥ 2
 * @param reference - replicates of the limit `[L, m]`, L ≥ 2, or its exact value (m)
 * @param options.weights - ν (m), default 1/m
 * @param options.offsets - for each size replicates `[P, m]`, P ≥ 2, of an error whose mean over them is in every replicate of the size, such as that
 *   of an estimated expectation of control variates. Only their scatter is read. Default none
 */
export function biases(
  samples: readonly MatrixLike[],
  reference: Reference,
  options: { readonly weights?: VectorLike; readonly offsets?: readonly MatrixLike[] } = {},
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
  const replicates = new Float64Array(size);
  const trace = new Float64Array(size);
  const skewDirectional = new Float64Array(size);
  const skewConstant = new Float64Array(size);
  const directions: Float64Array[] = [];
  const norms = new Float64Array(size);
  const sharedFloor = 2 * sumOfSquares(limit.covariance);
  for (let i = 0; i < size; i++) {
    const sample = toSample(`samples[${i}]`, samples[i]!, 2, m);
    replicates[i] = sample.rows;
    const mean = meanOfRows(sample);
    const ofSample = weightedCovariance(sample, mean, weights).map((v) => v / sample.rows);
    const offset = options.offsets && toSample(`offsets[${i}]`, options.offsets[i]!, 2, m);
    const ofOffset = offset && weightedCovariance(offset, meanOfRows(offset), weights).map((v) => v / offset.rows);
    const own = ofOffset === undefined ? ofSample : ofSample.map((v, k) => v + ofOffset[k]!);
    const d = mean.map((v, j) => Math.sqrt(weights[j]!) * (v - limit.mean[j]!));
    const norm = Math.hypot(...d);
    const direction = d.map((v) => (norm > 0 ? v / norm : 0));
    norms[i] = norm;
    directions.push(direction);
    const all = own.map((v, k) => v + limit.covariance[k]!);
    for (let j = 0; j < m; j++) trace[i] = trace[i]! + all[j * m + j]!;
    values[i] = norm ** 2 - trace[i]!;
    const image = times(all, direction);
    skewDirectional[i] = image.reduce((sum, v) => sum + v * v, 0);
    skewConstant[i] = 8 * traceOfCube(all, m);
    const fromOwn = quadratic(own, direction, direction);
    const fromLimit = quadratic(limit.covariance, direction, direction);
    const noise = 2 * sumOfSquares(all);
    const variance = Math.max(4 * norm ** 2 * (fromOwn + fromLimit) - noise, noise);
    // at least its own noise on top of the shared part: then the whole matrix is positive definite
    covariance[i * size + i] = Math.max(variance, 4 * norm ** 2 * fromLimit + 2 * sumOfSquares(own));
    directional[i * size + i] = fromOwn + fromLimit;
    constant[i * size + i] = noise;
    const fromOffset = ofOffset === undefined ? 0 : quadratic(ofOffset, direction, direction);
    degrees[i] =
      (fromOwn + fromLimit) ** 2 /
        ((fromOwn - fromOffset) ** 2 / (sample.rows - 1) +
          (offset === undefined ? 0 : fromOffset ** 2 / (offset.rows - 1)) +
          fromLimit ** 2 / limit.degrees) || limit.degrees;
    for (let k = 0; k < i; k++) {
      const shared = quadratic(limit.covariance, direction, directions[k]!);
      symmetric(directional, size, i, k, shared);
      symmetric(constant, size, i, k, sharedFloor);
      symmetric(covariance, size, i, k, 4 * norm * norms[k]! * shared);
    }
  }
  const floor = values.map((_, i) => Math.sqrt(covariance[i * size + i]!));
  const model = { trace, directional, constant, skewDirectional, skewConstant };
  return assemble(2, values, covariance, degrees, floor, { model, replicates });
}

function symmetric(a: Float64Array, n: number, i: number, j: number, value: number): void {
  a[i * n + j] = value;
  a[j * n + i] = value;
}

function sumOfSquares(a: Float64Array): number {
  return a.reduce((sum, v) => sum + v * v, 0);
}

/** tr A³ of a symmetric matrix. */
function traceOfCube(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let square = 0;
      for (let k = 0; k < n; k++) square += a[i * n + k]! * a[j * n + k]!;
      sum += (i === j ? 1 : 2) * square * a[i * n + j]!;
    }
  return sum;
}

function times(a: Float64Array, x: Float64Array): Float64Array {
  return x.map((_, i) => x.reduce((sum, v, j) => sum + a[i * x.length + j]! * v, 0));
}

/** xᵀ A y. */
export function quadratic(a: Float64Array, x: Float64Array, y: Float64Array): number {
  return times(a, y).reduce((sum, v, i) => sum + x[i]! * v, 0);
}
