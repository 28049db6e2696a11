import type { QuadraticModel } from './error-estimates.ts';
import { generalizedLeastSquares } from './generalized-least-squares.ts';

/**
 * A covariance to take weights from: its diagonal is replaced by a power law in the size, fitted to the estimated variances (those of one replicate, where their numbers are given).
 * Weights from raw estimated variances favour sizes whose variance came out small by chance, which costs coverage when
 * replicates are few; smooth ones hardly depend on any single size (docs/theory.md 10.2). Variances that are
 * known (infinite degrees of freedom), or two sizes, are left as they are.
 *
 * @param x - log sizes
 * @param degrees - degrees of freedom of the variances: log v̂ has variance about 2/degrees
 * @param replicates - by size; default the same everywhere
 */
export function smoothedCovariance(
  x: Float64Array,
  covariance: Float64Array,
  degrees: Float64Array,
  replicates: Float64Array = new Float64Array(x.length).fill(1),
): Float64Array {
  const K = x.length;
  const scale = smoothingFactors(
    x,
    x.map((_, i) => replicates[i]! * covariance[i * K + i]!),
    degrees,
  );
  // scaling rows and columns keeps the correlations, so the result is positive definite
  return covariance.map((c, k) => c * Math.sqrt(scale[Math.floor(k / K)]! * scale[k % K]!));
}

/** The same for the law of estimated squared norms: the covariance along the error sets the factors. */
export function smoothedModel(
  x: Float64Array,
  model: QuadraticModel,
  degrees: Float64Array,
  replicates: Float64Array,
): QuadraticModel {
  const K = x.length;
  const along = x.map((_, i) => replicates[i]! * model.directional[i * K + i]!);
  const scale = smoothingFactors(x, along, degrees);
  const both = (k: number) => Math.sqrt(scale[Math.floor(k / K)]! * scale[k % K]!);
  return {
    trace: model.trace,
    directional: model.directional.map((c, k) => c * both(k)),
    constant: model.constant.map((c, k) => c * both(k) ** 2),
    skewDirectional: model.skewDirectional.map((c, i) => c * scale[i]! ** 2),
    skewConstant: model.skewConstant.map((c, i) => c * scale[i]! ** 3),
  };
}

/** What turns estimated variances into those of a power law in the size; 1 where there is nothing to smooth. */
function smoothingFactors(x: Float64Array, variances: Float64Array, degrees: Float64Array): Float64Array {
  const K = x.length;
  const none = new Float64Array(K).fill(1);
  if (K < 3 || !degrees.every((d) => Number.isFinite(d)) || !variances.every((v) => v > 0)) return none;
  const y = variances.map((v, i) => Math.log(v) + 1 / degrees[i]!);
  const noise = new Float64Array(K * K);
  for (let i = 0; i < K; i++) noise[i * K + i] = 2 / degrees[i]!;
  const fit = generalizedLeastSquares([none, x], y, noise);
  if (fit === undefined) return none;
  return x.map((v, i) => Math.exp(fit.coefficients[0]! + fit.coefficients[1]! * v) / variances[i]!);
}
