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
  if (K < 3 || !degrees.every((d) => Number.isFinite(d))) return covariance;
  const y = x.map((_, i) => Math.log(replicates[i]! * covariance[i * K + i]!) + 1 / degrees[i]!);
  const noise = new Float64Array(K * K);
  for (let i = 0; i < K; i++) noise[i * K + i] = 2 / degrees[i]!;
  const fit = generalizedLeastSquares([new Float64Array(K).fill(1), x], y, noise);
  if (fit === undefined) return covariance;
  const scale = x.map((v, i) =>
    Math.sqrt(Math.exp(fit.coefficients[0]! + fit.coefficients[1]! * v) / (replicates[i]! * covariance[i * K + i]!)),
  );
  // scaling rows and columns keeps the correlations, so the result is positive definite
  return covariance.map((c, k) => c * scale[Math.floor(k / K)]! * scale[k % K]!);
}
