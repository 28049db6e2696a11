import { type MatrixLike, type RowMajor, toRowMajor, toVector, type VectorLike } from '../base/arrays.ts';
import { ArgumentError } from '../base/errors.ts';

/** Replicates as rows: `[R, m]`, with at least `least` rows and `columns` columns if that is given. */
export function toSample(name: string, value: MatrixLike, least: number, columns?: number): RowMajor {
  const sample = toRowMajor(name, value);
  if (sample.rows < least)
    throw new ArgumentError(`${name}`, value, `at least ${least} replicates (rows), has ${sample.rows}`);
  if (columns !== undefined && sample.columns !== columns)
    throw new ArgumentError(`${name}`, value, `replicates of length ${columns}, has ${sample.columns}`);
  return sample;
}

/** Data weights ν (m), nonnegative; 1/m by default. */
export function toWeights(weights: VectorLike | undefined, columns: number): Float64Array {
  if (weights === undefined) return new Float64Array(columns).fill(1 / columns);
  const out = toVector('weights', weights, columns);
  for (let j = 0; j < columns; j++)
    if (out[j]! < 0) throw new ArgumentError(`weights[${j}]`, out[j], 'a number of at least 0');
  return out;
}

/** Σ_j ν_j (x_j − y_j)² of row r. */
export function squaredDistance(
  { data, columns }: RowMajor,
  r: number,
  center: Float64Array,
  weights: Float64Array,
): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) sum += weights[j]! * (data[r * columns + j]! - center[j]!) ** 2;
  return sum;
}

/** The average of the rows. */
export function meanOfRows({ data, rows, columns }: RowMajor): Float64Array {
  const mean = new Float64Array(columns);
  for (let r = 0; r < rows; r++) for (let j = 0; j < columns; j++) mean[j] = mean[j]! + data[r * columns + j]!;
  return mean.map((v) => v / rows);
}

/** The unbiased covariance `[m, m]` of the rows, its entries scaled by √(ν_i ν_j), so that ν-norms become Euclidean. */
export function weightedCovariance(sample: RowMajor, mean: Float64Array, weights: Float64Array): Float64Array {
  const { data, rows, columns } = sample;
  const out = new Float64Array(columns * columns);
  const x = new Float64Array(columns);
  const roots = weights.map(Math.sqrt);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < columns; j++) x[j] = roots[j]! * (data[r * columns + j]! - mean[j]!);
    for (let i = 0; i < columns; i++) {
      const own = x[i]!;
      for (let j = 0, to = i * columns; j <= i; j++, to++) out[to]! += own * x[j]!;
    }
  }
  for (let i = 0; i < columns; i++)
    for (let j = 0; j <= i; j++) {
      const value = out[i * columns + j]! / (rows - 1);
      out[i * columns + j] = value;
      out[j * columns + i] = value;
    }
  return out;
}
