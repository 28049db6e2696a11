/** Running mean and sum of squared deviations of vectors of one length. */
export interface Moments {
  count: number;
  readonly mean: Float64Array;
  /** Σ (x - mean)² by coordinate. */
  readonly squares: Float64Array;
}

export function emptyMoments(length: number): Moments {
  return { count: 0, mean: new Float64Array(length), squares: new Float64Array(length) };
}

/** Takes in one vector (B. P. Welford, Technometrics 4, 1962). */
export function addToMoments(moments: Moments, values: Float64Array): void {
  const { mean, squares } = moments;
  const count = ++moments.count;
  for (let k = 0; k < mean.length; k++) {
    const before = values[k]! - mean[k]!;
    mean[k]! += before / count;
    squares[k]! += before * (values[k]! - mean[k]!);
  }
}

/**
 * Takes in the vectors of another set (T. F. Chan, G. H. Golub, R. J. LeVeque, 1979). Sums of floats depend on their order, so
 * merge the same sets in the same order to get the same bits.
 */
export function mergeMoments(moments: Moments, other: Moments): void {
  if (other.count === 0) return;
  const { mean, squares } = moments;
  const before = moments.count;
  const count = before + other.count;
  moments.count = count;
  for (let k = 0; k < mean.length; k++) {
    const apart = other.mean[k]! - mean[k]!;
    mean[k]! += (apart * other.count) / count;
    squares[k]! += other.squares[k]! + (apart * apart * before * other.count) / count;
  }
}
