import { ArgumentError } from '../errors.ts';
import { poissonFactor, regularizedGammaP, regularizedGammaQ } from './incomplete-gamma.ts';
import { invertTail } from './invert-tail.ts';
import { logGamma } from './log-gamma.ts';
import { normalQuantile } from './normal.ts';

/**
 * P(X ≤ x) for the chi-square law; 0 for x ≤ 0.
 *
 * @param degrees - degrees of freedom, any finite number above 0
 * @throws ArgumentError unless degrees > 0
 */
export function chiSquareCdf(x: number, degrees: number): number {
  checkDegrees(degrees);
  return regularizedGammaP(degrees / 2, Math.max(0, x / 2));
}

/** P(X > x) for the chi-square law, to relative accuracy in the right tail; see chiSquareCdf. */
export function chiSquareUpperTail(x: number, degrees: number): number {
  checkDegrees(degrees);
  return regularizedGammaQ(degrees / 2, Math.max(0, x / 2));
}

/**
 * The p-quantile of the chi-square law: 0 at 0, +∞ at 1.
 *
 * @throws ArgumentError unless p is in [0, 1] and degrees > 0
 */
export function chiSquareQuantile(p: number, degrees: number): number {
  return quantile(p, 1 - p, degrees);
}

/** The x with P(X > x) = p, accurate also for p far below 1e-16; see chiSquareQuantile. */
export function chiSquareUpperQuantile(p: number, degrees: number): number {
  return quantile(1 - p, p, degrees);
}

function quantile(lower: number, upper: number, degrees: number): number {
  checkDegrees(degrees);
  const z = lower < upper ? normalQuantile(lower) : -normalQuantile(upper);
  if (lower === 0) return 0;
  if (upper === 0) return Infinity;
  const a = degrees / 2;
  // Wilson and Hilferty (1931); next to 0 the first term of the series of P.
  const cube = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a));
  const nearZero = Math.exp((Math.log(lower) + logGamma(a + 1)) / a);
  const start = cube > 0.3 ? a * cube ** 3 : nearZero;
  const density = (x: number) => (poissonFactor(a, x) * a) / x;
  if (lower < upper) return 2 * invertTail((x) => regularizedGammaP(a, x), density, lower, start);
  return 2 * invertTail((x) => regularizedGammaQ(a, x), density, upper, start);
}

function checkDegrees(degrees: number): void {
  if (!(degrees > 0 && degrees < Infinity)) throw new ArgumentError('degrees', degrees, 'a finite number above 0');
}
