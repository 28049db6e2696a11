// Small dense linear algebra on contiguous row-major matrices: sizes of a handful to a few hundred.

/**
 * The lower Cholesky factor L (n × n, zeros above the diagonal) with A = L Lᵀ; undefined unless A is numerically
 * positive definite. Reads the lower triangle only. Cost n³/3.
 */
export function cholesky(a: Float64Array, n: number): Float64Array | undefined {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= out[i * n + k]! * out[j * n + k]!;
      if (i !== j) out[i * n + j] = sum / out[j * n + j]!;
      else if (sum > n * Number.EPSILON * Math.abs(a[i * n + i]!)) out[i * n + i] = Math.sqrt(sum);
      else return undefined;
    }
  return out;
}

/** Overwrites b (n) by L⁻¹b. */
export function solveLowerInto(lower: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * b[k]!;
    b[i] = sum / lower[i * n + i]!;
  }
}

/** Overwrites b (n) by L⁻ᵀb. */
export function solveLowerTransposedInto(lower: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * b[k]!;
    b[i] = sum / lower[i * n + i]!;
  }
}

/** The x with A x = b for a positive definite A; undefined when A is not. */
export function solvePositiveDefinite(a: Float64Array, b: Float64Array): Float64Array | undefined {
  const n = b.length;
  const lower = cholesky(a, n);
  if (lower === undefined) return undefined;
  const x = b.slice();
  solveLowerInto(lower, n, x);
  solveLowerTransposedInto(lower, n, x);
  return x;
}

/** The x with A x = b by Gaussian elimination with partial pivoting; undefined when A is numerically singular. */
export function solve(a: Float64Array, b: Float64Array): Float64Array | undefined {
  const n = b.length;
  const m = a.slice();
  const x = b.slice();
  let scale = 0;
  for (const value of m) scale = Math.max(scale, Math.abs(value));
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(m[i * n + k]!) > Math.abs(m[pivot * n + k]!)) pivot = i;
    if (Math.abs(m[pivot * n + k]!) <= n * Number.EPSILON * scale) return undefined;
    for (let j = 0; j < n; j++) [m[k * n + j], m[pivot * n + j]] = [m[pivot * n + j]!, m[k * n + j]!];
    [x[k], x[pivot]] = [x[pivot]!, x[k]!];
    for (let i = k + 1; i < n; i++) {
      const factor = m[i * n + k]! / m[k * n + k]!;
      for (let j = k; j < n; j++) m[i * n + j] = m[i * n + j]! - factor * m[k * n + j]!;
      x[i] = x[i]! - factor * x[k]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i] = x[i]! - m[i * n + j]! * x[j]!;
    x[i] = x[i]! / m[i * n + i]!;
  }
  return x;
}

/** Eigenvalues of a symmetric n × n matrix, ascending, by cyclic Jacobi rotations. Cost about 10 n³. */
export function symmetricEigenvalues(a: Float64Array, n: number): Float64Array {
  const m = a.slice();
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let all = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        all += m[i * n + j]! ** 2;
        if (i !== j) off += m[i * n + j]! ** 2;
      }
    if (off <= 1e-32 * all) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(m, n, p, q);
  }
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) out[i] = m[i * n + i]!;
  return out.sort();
}

/** Annihilates m[p, q] by a rotation (Golub and Van Loan, Matrix Computations, section 8.5). */
function rotate(m: Float64Array, n: number, p: number, q: number): void {
  const apq = m[p * n + q]!;
  if (apq === 0) return;
  const theta = (m[q * n + q]! - m[p * n + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(1, theta));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const kp = m[k * n + p]!;
    const kq = m[k * n + q]!;
    m[k * n + p] = c * kp - s * kq;
    m[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const pk = m[p * n + k]!;
    const qk = m[q * n + k]!;
    m[p * n + k] = c * pk - s * qk;
    m[q * n + k] = s * pk + c * qk;
  }
}

export { type LeastSquares, leastSquares } from './least-squares.ts';

/**
 * The first `count` pivots of Cholesky's decomposition of a positive semidefinite matrix `a` `[n, n]` with complete pivoting: rows which
 * together span the others best, one after another. Fewer where the rest is rounding.
 */
export function choleskyPivots(a: Float64Array, n: number, count: number): number[] {
  const rest = a.slice();
  const column = new Float64Array(n);
  const out: number[] = [];
  let first = 0;
  while (out.length < Math.min(count, n)) {
    let best = 0;
    for (let i = 1; i < n; i++) if (rest[i * n + i]! > rest[best * n + best]!) best = i;
    const pivot = rest[best * n + best]!;
    if (out.length === 0) first = pivot;
    if (!(pivot > 1e-12 * first)) break;
    out.push(best);
    for (let i = 0; i < n; i++) column[i] = rest[i * n + best]!;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) rest[i * n + j]! -= (column[i]! * column[j]!) / pivot;
  }
  return out;
}
