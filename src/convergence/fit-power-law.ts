import { toVector, type VectorLike } from '../base/arrays.ts';
import { checkNumber } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { chiSquareUpperTail } from '../base/special/chi-square.ts';
import { regularizedBeta } from '../base/special/incomplete-beta.ts';
import { studentUpperTail } from '../base/special/student.ts';
import type { ErrorEstimates } from './error-estimates.ts';
import { confidenceInterval, type Estimate, type Interval } from './estimate.ts';
import { generalizedLeastSquares, satterthwaite } from './generalized-least-squares.ts';
import { logErrors } from './log-errors.ts';

/** error ≈ prefactor · size^exponent. */
export interface PowerLaw {
  readonly fitted: true;
  /** The slope on the log–log scale: −1/2 for an error that falls as n^(−1/2). */
  readonly exponent: Estimate;
  /** Its confidence interval at the requested confidence. */
  readonly interval: Interval;
  readonly prefactor: number;
  /** The confidence interval of the prefactor (of its logarithm, exponentiated). */
  readonly prefactorInterval: Interval;
  /** log prefactor; correlated with the exponent. */
  readonly logPrefactor: Estimate;
  /** Is one power law enough? Undefined with two sizes, where it cannot be asked. */
  readonly curvature?: Curvature;
  /** The weight of each size's log error in the exponent: exponent = Σ weights_i log error_i. */
  readonly weights: Float64Array;
}

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

/** No fit, and why. */
export interface NoPowerLaw {
  readonly fitted: false;
  readonly reason: string;
  /** Indices of the sizes whose error is not distinguishable from 0. */
  readonly atFloor: readonly number[];
  /** The factor on all replicates (the reference's included) that would make it possible; Infinity if unknown. */
  readonly factor: number;
}

export interface PowerLawOptions {
  /** Coverage of the intervals, default 0.95. */
  readonly confidence?: number;
  /** Each estimate must exceed this many of its standard errors, default 4; else the fit is refused. */
  readonly signal?: number;
  /** A bound on the norm of the reference's own bias, in units of the error (one number, or one a size); default 0. */
  readonly referenceBias?: number | VectorLike;
}

/**
 * Fits error ≈ C·size^a by generalized least squares on the log–log scale.
 *
 * Weights and standard errors come from the estimates' covariance (heteroscedastic, correlated through a shared
 * reference), not from the residuals, so two sizes suffice. The interval is Student's with Satterthwaite's degrees of
 * freedom, widened by the worst case of `referenceBias`. Assumes that one power law holds over the sizes (see
 * `curvature`) and the delta method for the logarithm (docs/theory.md 10.2). Exact errors (all standard errors 0) are
 * fitted by ordinary least squares with the residuals' standard error.
 *
 * @param sizes - K ≥ 2 different positive numbers
 * @param estimates - from `fluctuations`, `biases`, `rootMeanSquares`, `meanErrors` or `errorEstimates`
 */
export function fitPowerLaw(
  sizes: VectorLike,
  estimates: ErrorEstimates,
  options: PowerLawOptions = {},
): PowerLaw | NoPowerLaw {
  const n = toSizes(sizes, estimates);
  const confidence = checkNumber('confidence', options.confidence ?? 0.95, { above: 0, below: 1 });
  const signal = checkNumber('signal', options.signal ?? 4, { min: 0 });
  const logs = logErrors(n, estimates, signal);
  if (!logs.usable) return { fitted: false, reason: logs.reason, atFloor: logs.atFloor, factor: logs.factor };
  const { y } = logs;
  const K = n.length;
  const x = n.map(Math.log);
  const exact = logs.covariance.every((v) => v === 0);
  const covariance = exact ? identity(K) : logs.covariance;
  const ones = new Float64Array(K).fill(1);
  const fit = generalizedLeastSquares([ones, x], y, covariance);
  if (fit === undefined)
    return { fitted: false, reason: 'the covariance of the errors is singular', atFloor: [], factor: Infinity };
  const residual = exact && K > 2 ? fit.chiSquare / (K - 2) : exact ? 0 : 1;
  const estimate = (row: 0 | 1): Estimate => {
    const map = fit.map.subarray(row * K, (row + 1) * K);
    const degrees = exact
      ? Math.max(1, K - 2)
      : satterthwaite(
          map.map((c, i) => c * c * covariance[i * K + i]!),
          estimates.degrees,
        );
    const bias = toBias(options.referenceBias, K);
    const systematic = map.reduce((sum, c, i) => sum + Math.abs(c) * relativeBias(bias[i]!, y[i]!), 0);
    const standardError = Math.sqrt(fit.covariance[row * 3]! * residual);
    return { value: fit.coefficients[row]!, standardError, degrees, ...(systematic > 0 ? { systematic } : {}) };
  };
  const exponent = estimate(1);
  const logPrefactor = estimate(0);
  const [low, high] = confidenceInterval(logPrefactor, confidence);
  const curvature = exact || K < 3 ? undefined : curvatureOf(x, y, covariance, fit.chiSquare, estimates.degrees);
  return {
    fitted: true,
    exponent,
    interval: confidenceInterval(exponent, confidence),
    prefactor: Math.exp(logPrefactor.value),
    prefactorInterval: [Math.exp(low), Math.exp(high)],
    logPrefactor,
    weights: fit.map.slice(K),
    ...(curvature ? { curvature } : {}),
  };
}

/** @internal K different positive sizes, as many as there are estimates */
export function toSizes(sizes: VectorLike, estimates: ErrorEstimates, least = 2): Float64Array {
  const n = toVector('sizes', sizes, estimates.values.length);
  if (n.length < least) throw new ArgumentError('sizes.length', n.length, `at least ${least}`);
  for (let i = 0; i < n.length; i++) checkNumber(`sizes[${i}]`, n[i], { above: 0 });
  if (new Set(n).size < n.length) throw new ArgumentError('sizes', sizes, 'all different');
  return n;
}

function curvatureOf(
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

/** The largest change of log e when the reference moves by `bias`. */
function relativeBias(bias: number, logError: number): number {
  const ratio = bias / Math.exp(logError);
  return ratio < 1 ? -Math.log1p(-ratio) : Infinity;
}

function toBias(bias: number | VectorLike | undefined, K: number): Float64Array {
  if (bias === undefined || typeof bias === 'number')
    return new Float64Array(K).fill(checkNumber('referenceBias', bias ?? 0, { min: 0 }));
  return toVector('referenceBias', bias, K);
}

function identity(n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  return out;
}
