/** A number computed from batches, with the standard error of the jackknife. */
export interface Jackknifed {
  readonly value: number;
  readonly standardError: number;
}

/**
 * Applies a smooth function of means to all batches, and to all but one: the standard error of the delete-one jackknife
 * (B. Efron, C. Stein, Annals of Statistics 9, 1981).
 */
export function jackknife<T>(batches: readonly T[], statistic: (batches: readonly T[]) => number): Jackknifed {
  const count = batches.length;
  const without = batches.map((_, k) => statistic(batches.filter((_, i) => i !== k)));
  const mean = without.reduce((sum, v) => sum + v, 0) / count;
  const squares = without.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { value: statistic(batches), standardError: Math.sqrt(((count - 1) / count) * squares) };
}

/**
 * ‖E x‖_ν of a vector from its value in each batch: the square is estimated without bias, and is 0 where noise is all there is. The
 * standard error is at least the noise there.
 *
 * @param vectors - the vector (m) of each batch
 * @param weights - ν (m)
 */
export function jackknifedNorm(vectors: readonly (readonly number[])[], weights: ArrayLike<number>): Jackknifed {
  const { value, standardError } = jackknife(vectors, (some) => normOfMean(some, weights));
  const noise = Math.sqrt(noiseSquared(vectors, meanOf(vectors), weights));
  return { value, standardError: value > 2 * noise ? standardError : Math.max(standardError, noise) };
}

/** ‖E x‖_ν from independent copies of x. */
export function normOfMean(vectors: readonly (readonly number[])[], weights: ArrayLike<number>): number {
  const mean = meanOf(vectors);
  const square = mean.reduce((sum, v, j) => sum + weights[j]! * v * v, 0);
  return Math.sqrt(Math.max(0, square - noiseSquared(vectors, mean, weights)));
}

/** The trace of the mean's covariance, ν-weighted. */
function noiseSquared(vectors: readonly (readonly number[])[], mean: Float64Array, weights: ArrayLike<number>): number {
  const spread = vectors.reduce((sum, x) => sum + x.reduce((s, v, j) => s + weights[j]! * (v - mean[j]!) ** 2, 0), 0);
  return spread / (vectors.length * (vectors.length - 1));
}

/** The mean of vectors of one length. */
export function meanOf(vectors: readonly ArrayLike<number>[]): Float64Array {
  const mean = new Float64Array(vectors[0]!.length);
  for (const vector of vectors) for (let j = 0; j < mean.length; j++) mean[j]! += vector[j]! / vectors.length;
  return mean;
}
