import { type MatrixLike, type RowMajor, toRowMajor, toVector, type VectorLike } from '../../base/arrays.ts';
import { ArgumentError } from '../../base/errors.ts';
import { symmetricEigenvalues } from '../../base/linear-algebra.ts';

/**
 * W₂²(N(m₁, C₁), N(m₂, C₂)) = |m₁ − m₂|² + tr C₁ + tr C₂ − 2 tr (C₁^½ C₂ C₁^½)^½, the last three terms being the squared
 * Bures distance. O(p³). M. Gelbrich, On a formula for the L² Wasserstein metric between measures (1990).
 *
 * @param covariance1 - `[p, p]`, symmetric positive semidefinite
 */
export function gaussianWasserstein2Squared(
  mean1: VectorLike,
  covariance1: MatrixLike,
  mean2: VectorLike,
  covariance2: MatrixLike,
): number {
  const m1 = toVector('mean1', mean1);
  const p = m1.length;
  const m2 = toVector('mean2', mean2, p);
  const c1 = checkCovariance('covariance1', covariance1, p);
  const c2 = checkCovariance('covariance2', covariance2, p);
  // With C₁ = LLᵀ, LᵀC₂L has the eigenvalues of C₁^½ C₂ C₁^½.
  const lower = semidefiniteFactor('covariance1', c1, p);
  semidefiniteFactor('covariance2', c2, p);
  const product = congruence(lower, c2, p);
  let value = 0;
  for (let k = 0; k < p; k++) value += (m1[k]! - m2[k]!) ** 2 + c1[k * p + k]! + c2[k * p + k]!;
  for (const eigenvalue of symmetricEigenvalues(product, p)) value -= 2 * Math.sqrt(Math.max(0, eigenvalue));
  return Math.max(0, value);
}

/** W₂ between two Gaussian laws, not squared: see `gaussianWasserstein2Squared`. */
export function gaussianWasserstein2(
  mean1: VectorLike,
  covariance1: MatrixLike,
  mean2: VectorLike,
  covariance2: MatrixLike,
): number {
  return Math.sqrt(gaussianWasserstein2Squared(mean1, covariance1, mean2, covariance2));
}

function checkCovariance(name: string, value: MatrixLike, p: number): Float64Array {
  const { data, rows, columns }: RowMajor = toRowMajor(name, value);
  if (rows !== p || columns !== p)
    throw new ArgumentError(name, [rows, columns], `of shape [${p}, ${p}] (this is its shape)`);
  for (let k = 0; k < p; k++)
    for (let l = 0; l < k; l++)
      if (Math.abs(data[k * p + l]! - data[l * p + k]!) > 1e-12 * Math.abs(data[k * p + k]! + data[l * p + l]!))
        throw new ArgumentError(`${name}[${k}][${l}]`, data[k * p + l], `${data[l * p + k]}, to be symmetric`);
  return data;
}

/** Cholesky factor of a matrix that may be singular: a pivot that vanishes gives a column of zeros. */
function semidefiniteFactor(name: string, a: Float64Array, p: number): Float64Array {
  const out = new Float64Array(p * p);
  let trace = 0;
  for (let k = 0; k < p; k++) trace += a[k * p + k]!;
  const small = 1e-14 * p * trace;
  for (let l = 0; l < p; l++) {
    let pivot = a[l * p + l]!;
    for (let j = 0; j < l; j++) pivot -= out[l * p + j]! ** 2;
    if (pivot < -small || (a[l * p + l]! < 0 && trace <= 0))
      throw new ArgumentError(name, pivot, 'positive semidefinite (this is a pivot)');
    if (pivot <= small) continue;
    out[l * p + l] = Math.sqrt(pivot);
    for (let k = l + 1; k < p; k++) {
      let sum = a[k * p + l]!;
      for (let j = 0; j < l; j++) sum -= out[k * p + j]! * out[l * p + j]!;
      out[k * p + l] = sum / out[l * p + l]!;
    }
  }
  return out;
}

/** LᵀCL. */
function congruence(lower: Float64Array, c: Float64Array, p: number): Float64Array {
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++)
      for (let k = 0; k < p; k++)
        for (let l = 0; l < p; l++) out[i * p + j]! += lower[k * p + i]! * c[k * p + l]! * lower[l * p + j]!;
  return out;
}
