import { toVector, type VectorLike } from '../base/arrays.ts';
import { checkNumber, checkOneOf } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { studentQuantile } from '../base/special/student.ts';
import { quadratic } from './biases.ts';
import { type Curvature, curvatureOf } from './curvature.ts';
import type { ErrorEstimates } from './error-estimates.ts';
import { confidenceInterval, type Estimate, type Interval } from './estimate.ts';
import { generalizedLeastSquares, satterthwaite } from './generalized-least-squares.ts';
import { EXPONENT_RANGE, likelihoodFit } from './likelihood-fit.ts';
import { logErrors } from './log-errors.ts';
import { smoothedCovariance, smoothedModel } from './smoothed-covariance.ts';

/** error ≈ prefactor · size^exponent. */
export interface PowerLaw {
  readonly fitted: true;
  readonly method: 'log' | 'likelihood';
  /** The slope on the log–log scale: −1/2 for an error that falls as n^(−1/2). */
  readonly exponent: Estimate;
  /** Its confidence interval at the requested confidence. */
  readonly interval: Interval;
  /** The same at another confidence. */
  intervalAt(confidence: number): Interval;
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
  /** Default `likelihood` for estimates that can be negative (`biases`), `log` for all others. */
  readonly method?: 'log' | 'likelihood';
  /** For `log`: each estimate must exceed this many standard errors of additive noise, default 4; else the fit is refused. */
  readonly signal?: number;
  /** A bound on the norm of the reference's own bias, in units of the error (one number, or one a size); default 0. */
  readonly referenceBias?: number | VectorLike;
}

/**
 * Fits error ≈ C·size^a.
 *
 * `log`: generalized least squares on the log–log scale. Refused, with a reason, when an error is not distinguishable from
 * 0. The interval is Student's with Satterthwaite's degrees of freedom.
 * `likelihood`: maximum likelihood on the scale of the estimates, where nothing needs to be positive; the interval
 * holds the exponents whose profile deviance is within t² of the best. Refused when it is unbounded on both sides.
 *
 * Standard errors come from the estimates' covariance (heteroscedastic, correlated through a shared reference), not from
 * the residuals, so two sizes suffice. Both intervals are widened by the worst case of `referenceBias`. Assumes that one
 * power law holds over the sizes: see `curvature` (docs/theory.md 10.2). Exact errors (all standard errors 0) are fitted
 * by ordinary least squares with the residuals' standard error.
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
  const preferred = estimates.model ? 'likelihood' : 'log';
  const method = checkOneOf('method', options.method ?? preferred, ['log', 'likelihood']);
  const K = n.length;
  const x = n.map(Math.log);
  const exact = estimates.covariance.every((v) => v === 0);
  const likelihood = method === 'likelihood' && !exact ? likelihoodFit(x, smoothed(x, estimates)) : undefined;
  let logs: { readonly y: Float64Array; readonly covariance: Float64Array };
  if (likelihood) logs = likelihood.working;
  else {
    const result = logErrors(n, estimates, signal);
    if (!result.usable) return { fitted: false, reason: result.reason, atFloor: result.atFloor, factor: result.factor };
    logs = result;
  }
  const covariance = exact ? identity(K) : logs.covariance;
  const ones = new Float64Array(K).fill(1);
  const { degrees, replicates } = estimates;
  const weighting = exact || likelihood ? covariance : smoothedCovariance(x, covariance, degrees, replicates);
  const fit = generalizedLeastSquares([ones, x], logs.y, weighting);
  if (fit === undefined)
    return { fitted: false, reason: 'the covariance of the errors is singular', atFloor: [], factor: Infinity };
  const residual = exact && K > 2 ? fit.chiSquare / (K - 2) : exact ? 0 : 1;
  const bias = toBias(options.referenceBias, K);
  const level = (i: number) => (likelihood ? likelihood.logPrefactor + likelihood.exponent * x[i]! : logs.y[i]!);
  const estimate = (row: 0 | 1, value: number): Estimate => {
    const map = fit.map.subarray(row * K, (row + 1) * K);
    const own = map.map((c, i) => c * c * covariance[i * K + i]!);
    const ownDegrees = exact ? Math.max(1, K - 2) : satterthwaite(own, degrees);
    const systematic = map.reduce((sum, c, i) => sum + Math.abs(c) * relativeBias(bias[i]!, level(i)), 0);
    const standardError = Math.sqrt(quadratic(covariance, map, map) * residual);
    return { value, standardError, degrees: ownDegrees, ...(systematic > 0 ? { systematic } : {}) };
  };
  const exponent = estimate(1, likelihood?.exponent ?? fit.coefficients[1]!);
  const logPrefactor = estimate(0, likelihood?.logPrefactor ?? fit.coefficients[0]!);
  const [low, high] = confidenceInterval(logPrefactor, confidence);
  const intervalAt = (level: number): Interval => {
    if (!likelihood) return confidenceInterval(exponent, level);
    const ends = likelihood.interval(studentQuantile((1 - level) / 2, exponent.degrees) ** 2);
    return [ends[0] - (exponent.systematic ?? 0), ends[1] + (exponent.systematic ?? 0)];
  };
  const interval = intervalAt(confidence);
  if (!Number.isFinite(interval[0]) && !Number.isFinite(interval[1])) {
    const reason = `the errors are so close to the noise that any exponent in [${EXPONENT_RANGE.join(', ')}] fits`;
    return { fitted: false, reason, atFloor: Array.from(n.keys()), factor: Infinity };
  }
  const curvature = exact || K < 3 ? undefined : curvatureOf(x, logs.y, weighting, fit.chiSquare, degrees);
  return {
    fitted: true,
    method,
    exponent,
    interval,
    intervalAt,
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

/** The largest change of log e when the reference moves by `bias`. */
function relativeBias(bias: number, logError: number): number {
  if (bias === 0) return 0;
  const ratio = bias / Math.exp(logError);
  return ratio < 1 ? -Math.log1p(-ratio) : Infinity;
}

function toBias(bias: number | VectorLike | undefined, K: number): Float64Array {
  if (bias === undefined || typeof bias === 'number')
    return new Float64Array(K).fill(checkNumber('referenceBias', bias ?? 0, { min: 0 }));
  return toVector('referenceBias', bias, K);
}

function smoothed(x: Float64Array, estimates: ErrorEstimates): ErrorEstimates {
  const { model, degrees, replicates } = estimates;
  return model && replicates ? { ...estimates, model: smoothedModel(x, model, degrees, replicates) } : estimates;
}

function identity(n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  return out;
}
