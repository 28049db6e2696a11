import { asMatrix, type Matrix } from '../../base/arrays.ts';
import { cholesky, solveLowerInto, solveLowerTransposedInto } from '../../base/linear-algebra.ts';
import { meanRow, subtract } from './rows.ts';

/** Least-squares coefficients `[k, m]` of rows `[R, m]` on control variates `[R, k]`. */
export function coefficients(rows: Matrix, controls: Matrix): Float64Array {
  const [R, m] = rows.shape as [number, number];
  const k = controls.shape[1]!;
  const [F, X] = [rows.data, controls.data];
  const mean = meanRow(rows);
  const center = meanRow(controls);
  const gram = new Float64Array(k * k);
  const sides = new Float64Array(k * m);
  for (let r = 0; r < R; r++)
    for (let a = 0; a < k; a++) {
      const x = X[r * k + a]! - center[a]!;
      for (let b = 0; b <= a; b++) gram[a * k + b]! += x * (X[r * k + b]! - center[b]!);
      for (let j = 0, at = r * m, to = a * m; j < m; j++) sides[to++]! += x * (F[at++]! - mean[j]!);
    }
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < a; b++) gram[b * k + a] = gram[a * k + b]!;
    // Numbers that are all but functions of others get the coefficient that rounding leaves them.
    gram[a * k + a]! *= 1 + 1e-10;
  }
  const out = new Float64Array(k * m);
  const lower = cholesky(gram, k);
  if (lower === undefined) return out;
  const side = new Float64Array(k);
  for (let j = 0; j < m; j++) {
    for (let a = 0; a < k; a++) side[a] = sides[a * m + j]!;
    solveLowerInto(lower, k, side);
    solveLowerTransposedInto(lower, k, side);
    for (let a = 0; a < k; a++) out[a * m + j] = side[a]!;
  }
  return out;
}

/** Σ_a x_a β_a for each replicate, `[R, m]`. */
export function combined(controls: Matrix, beta: Float64Array, m: number): Matrix {
  const [R, k] = controls.shape as [number, number];
  const X = controls.data;
  const out = new Float64Array(R * m);
  for (let r = 0; r < R; r++)
    for (let a = 0; a < k; a++) {
      const x = X[r * k + a]!;
      for (let j = 0, from = a * m, to = r * m; j < m; j++) out[to++]! += x * beta[from++]!;
    }
  return asMatrix(out, R, m);
}

/**
 * Rows less their regression on control variates of mean 0: the same mean with less noise. The rows are spread by what the estimated
 * coefficients add to the error of the mean, (R − 1)(R − 2)/((R − k − 1)(R − k − 2)) of the variance (docs/theory.md 11.1).
 */
export function controlledRows(rows: Matrix, controls: Matrix): Matrix {
  const [R, m] = rows.shape as [number, number];
  const k = controls.shape[1]!;
  const explained = combined(controls, coefficients(rows, controls), m);
  const out = subtract(rows.data, explained.data);
  const mean = meanRow(asMatrix(out, R, m));
  const spread = Math.sqrt(((R - 1) * (R - 2)) / ((R - k - 1) * (R - k - 2)));
  for (let r = 0, i = 0; r < R; r++) for (let j = 0; j < m; j++, i++) out[i] = mean[j]! + spread * (out[i]! - mean[j]!);
  return asMatrix(out, R, m);
}
