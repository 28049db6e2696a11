import { cholesky } from '../../base/linear-algebra.ts';
import { normal } from '../../random/normal.ts';
import type { Stream } from '../../random/stream.ts';
import { assemble, type ErrorEstimates } from '../error-estimates.ts';
import { gamma, meanSquare } from './gamma.ts';

/**
 * Draws what an experiment of the same design would estimate if its errors were `errors`: new values, and new variances with
 * their degrees of freedom (docs/theory.md 10.5).
 *
 * Noise in proportion to the error (no floor): a scaled χ² of the measured relative variance. Squared norms with a quadratic
 * model: the square of a normal along the error, correlated through the reference, plus a scaled χ² across it. Else normal with
 * the measured covariance.
 *
 * @param errors - by size, positive
 */
export function simulateEstimates(rng: Stream, errors: ArrayLike<number>, like: ErrorEstimates): ErrorEstimates {
  return like.model ? quadraticNorms(rng, errors, like) : means(rng, errors, like);
}

function means(rng: Stream, errors: ArrayLike<number>, like: ErrorEstimates): ErrorEstimates {
  const { power, covariance, degrees, floor, replicates } = like;
  const K = degrees.length;
  const lower = cholesky(covariance, K) ?? covariance.map((v, k) => (Math.floor(k / K) === k % K ? Math.sqrt(v) : 0));
  const z = Float64Array.from({ length: K }, () => normal(rng));
  const truth = Float64Array.from(errors, (e) => e ** power);
  // covariance follows the error where noise does
  const factor = truth.map((v, i) => (floor[i]! === 0 && like.values[i]! > 0 ? v / like.values[i]! : 1));
  const ratio = new Float64Array(K).fill(1);
  const values = truth.map((v, i) => {
    if (floor[i]! > 0) return v + z.reduce((sum, x, j) => (j <= i ? sum + lower[i * K + j]! * x : sum), 0);
    const shape = like.values[i]! ** 2 / covariance[i * K + i]!;
    const drawn = shape === Infinity ? v : (v * gamma(rng, shape)) / shape;
    ratio[i] = drawn / v;
    return drawn;
  });
  const spread = degrees.map((d) => Math.sqrt(meanSquare(rng, d)));
  const scale = factor.map((f, i) => f * spread[i]! * ratio[i]!);
  const drawn = covariance.map((c, k) => c * scale[Math.floor(k / K)]! * scale[k % K]!);
  const level = floor.map((f, i) => f * spread[i]!);
  return assemble(power, values, drawn, degrees, level, replicates ? { replicates } : {});
}

function quadraticNorms(rng: Stream, errors: ArrayLike<number>, like: ErrorEstimates): ErrorEstimates {
  const { degrees, replicates } = like;
  const model = like.model!;
  const K = degrees.length;
  const lower =
    cholesky(model.directional, K) ?? model.directional.map((v, k) => (Math.floor(k / K) === k % K ? Math.sqrt(v) : 0));
  const z = Float64Array.from({ length: K }, () => normal(rng));
  const scale = degrees.map((d) => meanSquare(rng, d));
  const both = (k: number) => Math.sqrt(scale[Math.floor(k / K)]! * scale[k % K]!);
  const trace = model.trace.map((v, i) => v * scale[i]!);
  const directional = model.directional.map((v, k) => v * both(k));
  const constant = model.constant.map((v, k) => v * both(k) ** 2);
  const values = trace.map((own, i) => {
    const along = errors[i]! + z.reduce((sum, x, j) => (j <= i ? sum + lower[i * K + j]! * x : sum), 0);
    const share = model.directional[i * K + i]!;
    const mean = Math.max(0, model.trace[i]! - share);
    const variance = Math.max(0, model.constant[i * K + i]! - 2 * share * share);
    const across = mean > 0 && variance > 0 ? gamma(rng, mean ** 2 / variance) * (variance / mean) : mean;
    return along ** 2 + across - own;
  });
  const covariance = constant.map((v, k) => {
    const [i, j] = [Math.floor(k / K), k % K];
    const size = (n: number) => Math.sqrt(Math.max(0, values[n]! + trace[n]!));
    const directed = 4 * size(i) * size(j) * directional[k]!;
    return i === j ? Math.max(directed - v, v) : directed;
  });
  const skewDirectional = model.skewDirectional.map((v, i) => v * scale[i]! ** 2);
  const skewConstant = model.skewConstant.map((v, i) => v * scale[i]! ** 3);
  const drawn = { trace, directional, constant, skewDirectional, skewConstant };
  const floor = values.map((_, i) => Math.sqrt(covariance[i * K + i]!));
  return assemble(2, values, covariance, degrees, floor, { model: drawn, ...(replicates ? { replicates } : {}) });
}
