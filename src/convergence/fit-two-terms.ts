import type { VectorLike } from '../base/arrays.ts';
import { checkNumber, checkOneOf } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { chiSquareUpperTail } from '../base/special/chi-square.ts';
import type { ErrorEstimates } from './error-estimates.ts';
import type { Estimate } from './estimate.ts';
import { type NoPowerLaw, toSizes } from './fit-power-law.ts';
import { generalizedLeastSquares, satterthwaite } from './generalized-least-squares.ts';
import { logErrors } from './log-errors.ts';

/** error^p ≈ C₁^p size^(p a) + C₂^p size^(p b), with p = 1 (`sum`) or 2 (`squares`). */
export interface TwoTerms {
  readonly fitted: true;
  readonly exponents: readonly [number, number];
  /** C₁^p and C₂^p; a negative one means that the terms compensate. */
  readonly coefficients: readonly [Estimate, Estimate];
  /** Covariance of the two coefficients. */
  readonly covariance: number;
  /** For each size the part |first|/(|first| + |second|) of the first term, with its standard error (delta method). */
  readonly share: readonly Estimate[];
  /** Per size, the term that makes up more than `ruling` of the error at 95 % confidence (one-sided); undefined: neither. */
  readonly rules: readonly (0 | 1 | undefined)[];
  /** The size at which both terms are equal in absolute value; NaN if a coefficient is 0. */
  readonly crossover: number;
  /** Residual chi-square and its p-value with K − 2 degrees of freedom; undefined with two sizes. */
  readonly lackOfFit?: { readonly chiSquare: number; readonly degrees: number; readonly pValue: number };
}

/**
 * Fits two power laws with given exponents, so that one can say which term rules where: a rate is tested over sizes where
 * its term does (docs/theory.md 10.1).
 *
 * Linear generalized least squares on the error scale, or on that of squares. Assumes approximately normal estimates with
 * the covariance they come with.
 *
 * @param sizes - K ≥ 2 different positive numbers
 * @param exponents - slopes a ≠ b, e.g. [−0.5, −1]
 * @param options.combine - `sum` (default) or `squares`, e.g. for fluctuation and bias in a root mean square
 * @param options.ruling - the share above which a term is said to rule, default 2/3
 * @param options.signal - for `sum` of squared estimates: how far they must be above their noise, default 4
 */
export function fitTwoTerms(
  sizes: VectorLike,
  estimates: ErrorEstimates,
  exponents: readonly [number, number],
  options: { readonly combine?: 'sum' | 'squares'; readonly ruling?: number; readonly signal?: number } = {},
): TwoTerms | NoPowerLaw {
  const n = toSizes(sizes, estimates);
  const combine = checkOneOf('combine', options.combine ?? 'sum', ['sum', 'squares']);
  const ruling = checkNumber('ruling', options.ruling ?? 2 / 3, { min: 0.5, below: 1 });
  const signal = checkNumber('signal', options.signal ?? 4, { min: 0 });
  checkNumber('exponents[0]', exponents[0]);
  checkNumber('exponents[1]', exponents[1]);
  if (exponents[0] === exponents[1]) throw new ArgumentError('exponents', exponents, 'two different numbers');
  const power = combine === 'sum' ? 1 : 2;
  const K = n.length;
  const data = onScale(n, estimates, power, signal);
  if ('fitted' in data) return data;
  const columns = exponents.map((a) => n.map((size) => size ** (power * a)));
  const fit = generalizedLeastSquares(columns, data.y, data.covariance);
  if (fit === undefined)
    return { fitted: false, reason: 'the covariance of the errors is singular', atFloor: [], factor: Infinity };
  const coefficient = (row: 0 | 1): Estimate => {
    const own = fit.map.subarray(row * K, (row + 1) * K).map((c, i) => c * c * data.covariance[i * K + i]!);
    return {
      value: fit.coefficients[row]!,
      standardError: Math.sqrt(fit.covariance[row * 3]!),
      degrees: satterthwaite(own, estimates.degrees),
    };
  };
  const coefficients = [coefficient(0), coefficient(1)] as const;
  const [first, second] = coefficients;
  const covariance = fit.covariance[1]!;
  const share = Array.from(n, (_, i) => shareOf(first, second, covariance, columns[0]![i]!, columns[1]![i]!));
  const rules = share.map(({ value, standardError }) =>
    value - 1.645 * standardError > ruling ? 0 : 1 - value - 1.645 * standardError > ruling ? 1 : undefined,
  );
  const ratio = Math.abs(second.value / first.value);
  const chiSquare = fit.chiSquare;
  return {
    fitted: true,
    exponents,
    coefficients,
    covariance,
    share,
    rules,
    crossover: ratio > 0 && ratio < Infinity ? ratio ** (1 / (power * (exponents[0] - exponents[1]))) : Number.NaN,
    ...(K > 2 ? { lackOfFit: { chiSquare, degrees: K - 2, pValue: chiSquareUpperTail(chiSquare, K - 2) } } : {}),
  };
}

/** Estimates of error^power with their covariance. */
function onScale(
  sizes: Float64Array,
  estimates: ErrorEstimates,
  power: 1 | 2,
  signal: number,
): NoPowerLaw | { readonly y: Float64Array; readonly covariance: Float64Array } {
  if (estimates.power === power) return { y: estimates.values, covariance: estimates.covariance };
  const logs = logErrors(sizes, estimates, signal);
  if (!logs.usable) return { fitted: false, reason: logs.reason, atFloor: logs.atFloor, factor: logs.factor };
  const K = sizes.length;
  const y = estimates.values.map((v) => v ** (power / estimates.power));
  return { y, covariance: logs.covariance.map((v, k) => v * power * power * y[Math.floor(k / K)]! * y[k % K]!) };
}

function shareOf(first: Estimate, second: Estimate, covariance: number, x: number, z: number): Estimate {
  const a = Math.abs(first.value) * x;
  const b = Math.abs(second.value) * z;
  const total = a + b;
  const da = (b * x) / total ** 2;
  const db = (-a * z) / total ** 2;
  const sign = Math.sign(first.value) * Math.sign(second.value);
  const variance = (da * first.standardError) ** 2 + (db * second.standardError) ** 2 + 2 * sign * da * db * covariance;
  return {
    value: a / total,
    standardError: Math.sqrt(Math.max(0, variance)),
    degrees: Math.min(first.degrees, second.degrees),
  };
}
