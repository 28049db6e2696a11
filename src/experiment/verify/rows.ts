import { asMatrix, type Matrix } from '../../base/arrays.ts';
import type { ReferenceSample } from './measurements.ts';

/** `[R, m]`. */
export function rowsOf(values: Float64Array, m: number): Matrix {
  return asMatrix(values, values.length / m, m);
}

/** One after another. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}

/** The clouds' predictions at the end, `[L, m]`. */
export function endOf({ clouds }: ReferenceSample, m: number): Matrix {
  const out = new Float64Array(clouds.length * m);
  clouds.forEach((cloud, l) => {
    out.set(cloud.subarray(cloud.length - m), l * m);
  });
  return rowsOf(out, m);
}

/** Row by row. */
export function difference(a: Matrix, b: Matrix): Matrix {
  return asMatrix(subtract(a.data, b.data), a.shape[0]!, a.shape[1]!);
}

/** a - b. */
export function subtract(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let k = 0; k < a.length; k++) out[k] = a[k]! - b[k]!;
  return out;
}

/** One row, shared. */
export function row(matrix: Matrix, r: number): Float64Array {
  const m = matrix.shape[1]!;
  return matrix.data.subarray(r * m, (r + 1) * m);
}

/** The mean of the rows. */
export function meanRow(matrix: Matrix): Float64Array {
  const { data, shape } = matrix;
  const [R, m] = shape as [number, number];
  const out = new Float64Array(m);
  for (let r = 0, at = 0; r < R; r++) for (let j = 0; j < m; j++) out[j]! += data[at++]! / R;
  return out;
}

/** Rows less their mean. */
export function centredRows(matrix: Matrix): Matrix {
  return shifted(matrix, meanRow(matrix));
}

/** Rows less a vector. */
export function shifted(matrix: Matrix, by: Float64Array): Matrix {
  const { data, shape } = matrix;
  const [R, k] = shape as [number, number];
  const out = new Float64Array(R * k);
  for (let r = 0, at = 0; r < R; r++) for (let a = 0; a < k; a++, at++) out[at] = data[at]! - by[a]!;
  return asMatrix(out, R, k);
}

/** ⟨a, b⟩_ν. */
export function inner(a: Float64Array, b: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < weights.length; j++) sum += weights[j]! * a[j]! * b[j]!;
  return sum;
}
