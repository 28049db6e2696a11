import { ArgumentError } from '../errors.ts';
import { poissonDeviance, stirlingError } from './log-gamma.ts';

/**
 * The regularized incomplete beta function I_x(a, b) = ∫₀ˣ s^(a−1)(1 − s)^(b−1) ds / B(a, b): the distribution function
 * of a beta variable. Relative error about 1e-14 where I ≤ 1/2. Cost O(√max(a, b)).
 *
 * @param complement - 1 − x, where it is known better than by subtraction
 * @throws ArgumentError unless x is in [0, 1] and a, b > 0 (finite)
 */
export function regularizedBeta(x: number, a: number, b: number, complement = 1 - x): number {
  if (!(x >= 0 && x <= 1)) throw new ArgumentError('x', x, 'a number in [0, 1]');
  if (!(a > 0 && a < Infinity)) throw new ArgumentError('a', a, 'a finite number above 0');
  if (!(b > 0 && b < Infinity)) throw new ArgumentError('b', b, 'a finite number above 0');
  if (x === 0) return 0;
  if (complement === 0) return 1;
  return x < (a + 1) / (a + b + 2) ? fraction(x, complement, a, b) : 1 - fraction(complement, x, b, a);
}

/** The continued fraction of DiDonato and Morris (ACM TOMS 18, 1992, eq. 9), by the modified Lentz method. */
function fraction(x: number, y: number, a: number, b: number): number {
  const factor = ((a * b) / (a + b)) * binomialFactor(x, y, a, b);
  if (factor === 0) return 0;
  const drift = a * y - b * x;
  let c = Infinity;
  let d = (a + 1) / (a * (drift + 1));
  let h = d;
  for (let k = 1; ; k++) {
    const e = a + 2 * k - 1;
    const numerator = ((((a + k - 1) * (a + b + k - 1)) / e) * k * (b - k) * x * x) / e;
    const term = k + (k * (b - k) * x) / e + ((a + k) * (drift + 1 + k * (1 + y))) / (e + 2);
    d = 1 / (numerator * d + term);
    c = term + numerator / c;
    const delta = c * d;
    h *= delta;
    if (Math.abs(delta - 1) < 3e-16) return factor * h;
  }
}

/** Γ(n + 1)/(Γ(a + 1)Γ(b + 1)) x^a y^b with n = a + b, after Loader (2000). */
function binomialFactor(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - poissonDeviance(a, n * x) - poissonDeviance(b, n * y);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * a * b));
}
