import { leastSquares } from '../base/least-squares.ts';
import { cholesky, solveLowerInto } from '../base/linear-algebra.ts';

/** A linear fit with a known covariance V of the data: b̂ = (XᵀV⁻¹X)⁻¹XᵀV⁻¹y. */
export interface GeneralizedFit {
  readonly coefficients: Float64Array;
  /** (XᵀV⁻¹X)⁻¹, row-major. */
  readonly covariance: Float64Array;
  /** (y − Xb̂)ᵀV⁻¹(y − Xb̂): chi-square with rows − columns degrees of freedom if the model holds. */
  readonly chiSquare: number;
  /** The matrix `[columns, rows]` that maps y to the coefficients. */
  readonly map: Float64Array;
}

/** Fits y ≈ X b (X given by its columns) under the covariance V of y; undefined when V or XᵀV⁻¹X is singular. */
export function generalizedLeastSquares(
  columns: readonly Float64Array[],
  y: Float64Array,
  covariance: Float64Array,
): GeneralizedFit | undefined {
  const rows = y.length;
  const width = columns.length;
  const lower = cholesky(covariance, rows);
  if (lower === undefined) return undefined;
  const x = new Float64Array(rows * width);
  for (let j = 0; j < width; j++) {
    const column = columns[j]!.slice();
    solveLowerInto(lower, rows, column);
    for (let i = 0; i < rows; i++) x[i * width + j] = column[i]!;
  }
  const white = y.slice();
  solveLowerInto(lower, rows, white);
  const fit = leastSquares(x, white, width);
  if (fit === undefined) return undefined;
  const map = new Float64Array(width * rows);
  for (let i = 0; i < rows; i++) {
    // The response to a unit in y[i].
    const unit = new Float64Array(rows);
    unit[i] = 1;
    solveLowerInto(lower, rows, unit);
    for (let j = 0; j < width; j++)
      for (let r = 0; r < rows; r++)
        for (let k = 0; k < width; k++)
          map[j * rows + i] = map[j * rows + i]! + fit.covariance[j * width + k]! * x[r * width + k]! * unit[r]!;
  }
  return { coefficients: fit.coefficients, covariance: fit.covariance, chiSquare: fit.residualSumOfSquares, map };
}

/**
 * Satterthwaite's degrees of freedom of Σ c_i² V_ii, the V_ii having `degrees` of their own (F. E. Satterthwaite,
 * Biometrics Bulletin 2, 1946).
 */
export function satterthwaite(variances: ArrayLike<number>, degrees: ArrayLike<number>): number {
  let sum = 0;
  let spread = 0;
  for (let i = 0; i < variances.length; i++) {
    sum += variances[i]!;
    spread += variances[i]! ** 2 / degrees[i]!;
  }
  return spread > 0 ? sum ** 2 / spread : Infinity;
}
