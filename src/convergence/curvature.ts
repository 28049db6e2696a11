import { chiSquareUpperTail } from '../base/special/chi-square.ts';
import { regularizedBeta } from '../base/special/incomplete-beta.ts';
import { studentUpperTail } from '../base/special/student.ts';
import { generalizedLeastSquares, satterthwaite } from './generalized-least-squares.ts';

/** Two tests of "one power law over all sizes". */
export interface Curvature {
  /** The coefficient of (log size − mean)²: positive when the decay slows down. */
  readonly coefficient: number;
  readonly standardError: number;
  /** Two-sided p-value of "the coefficient is 0". */
  readonly pValue: number;
  /** Residual chi-square with `degrees` degrees of freedom, and its p-value: any lack of fit, e.g. underrated errors. */
  readonly chiSquare: number;
  readonly degrees: number;
  readonly lackOfFitPValue: number;
}

/** Adds a quadratic term to the fit of log errors y over log sizes x, whose residual chi-square is `chiSquare`. */
export function curvatureOf(
  x: Float64Array,
  y: Float64Array,
  covariance: Float64Array,
  chiSquare: number,
  degrees: Float64Array,
): Curvature | undefined {
  const K = x.length;
  const center = x.reduce((sum, v) => sum + v, 0) / K;
  const ones = new Float64Array(K).fill(1);
  const fit = generalizedLeastSquares([ones, x, x.map((v) => (v - center) ** 2)], y, covariance);
  if (fit === undefined) return undefined;
  const standardError = Math.sqrt(fit.covariance[8]!);
  const own = satterthwaite(
    fit.map.subarray(2 * K, 3 * K).map((c, i) => c * c * covariance[i * K + i]!),
    degrees,
  );
  const coefficient = fit.coefficients[2]!;
  return {
    coefficient,
    standardError,
    pValue: 2 * studentUpperTail(Math.abs(coefficient) / standardError, own),
    chiSquare,
    degrees: K - 2,
    lackOfFitPValue: upperTailF(chiSquare, K - 2, own),
  };
}

/** P(X > chiSquare) where X/a has the F law with a and b degrees of freedom; chi-square for b = ∞. */
function upperTailF(chiSquare: number, a: number, b: number): number {
  if (b === Infinity) return chiSquareUpperTail(chiSquare, a);
  return regularizedBeta(b / (b + chiSquare), b / 2, a / 2);
}
