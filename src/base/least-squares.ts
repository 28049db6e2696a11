/** A least-squares fit: coefficients (p), their scale-free covariance (XᵀX)⁻¹ (p × p), and the residual sum of squares. */
export interface LeastSquares {
  readonly coefficients: Float64Array;
  readonly covariance: Float64Array;
  readonly residualSumOfSquares: number;
}

/**
 * Minimizes ‖y − X b‖² by Householder QR; X is rows × columns, row-major. Undefined when X has not full column rank.
 * Cost 2·rows·columns².
 */
export function leastSquares(x: Float64Array, y: Float64Array, columns: number): LeastSquares | undefined {
  const rows = y.length;
  if (rows < columns) return undefined;
  const r = x.slice();
  const b = y.slice();
  for (let k = 0; k < columns; k++) {
    let norm = 0;
    for (let i = k; i < rows; i++) norm = Math.hypot(norm, r[i * columns + k]!);
    let whole = 0;
    for (let i = 0; i < rows; i++) whole = Math.hypot(whole, x[i * columns + k]!);
    if (norm <= rows * Number.EPSILON * whole) return undefined;
    const diagonal = r[k * columns + k]! > 0 ? -norm : norm;
    const v = new Float64Array(rows);
    for (let i = k; i < rows; i++) v[i] = r[i * columns + k]!;
    v[k] = v[k]! - diagonal;
    const squared = 2 * norm * (norm + Math.abs(r[k * columns + k]!));
    for (let j = k; j < columns; j++) reflect(v, squared, r, columns, j, k, rows);
    reflect(v, squared, b, 1, 0, k, rows);
  }
  // R⁻¹ column by column; coefficients R⁻¹Qᵀy, covariance R⁻¹R⁻ᵀ.
  const inverse = new Float64Array(columns * columns);
  for (let j = 0; j < columns; j++)
    for (let i = j; i >= 0; i--) {
      let sum = i === j ? 1 : 0;
      for (let k = i + 1; k <= j; k++) sum -= r[i * columns + k]! * inverse[k * columns + j]!;
      inverse[i * columns + j] = sum / r[i * columns + i]!;
    }
  const coefficients = new Float64Array(columns);
  const covariance = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++)
    for (let k = i; k < columns; k++) {
      coefficients[i] = coefficients[i]! + inverse[i * columns + k]! * b[k]!;
      for (let j = 0; j <= k; j++)
        covariance[i * columns + j] =
          covariance[i * columns + j]! + inverse[i * columns + k]! * inverse[j * columns + k]!;
    }
  let residualSumOfSquares = 0;
  for (let i = columns; i < rows; i++) residualSumOfSquares += b[i]! ** 2;
  return { coefficients, covariance, residualSumOfSquares };
}

function reflect(
  v: Float64Array,
  squared: number,
  target: Float64Array,
  columns: number,
  column: number,
  from: number,
  rows: number,
): void {
  let dot = 0;
  for (let i = from; i < rows; i++) dot += v[i]! * target[i * columns + column]!;
  const factor = (2 * dot) / squared;
  for (let i = from; i < rows; i++) target[i * columns + column] = target[i * columns + column]! - factor * v[i]!;
}
