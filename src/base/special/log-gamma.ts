import { ArgumentError } from '../errors.ts';
import { horner } from './horner.ts';

/** 1 − γ, then (−1)^k(ζ(k) − 1)/k for k = 2, 3, …: ln Γ(2 + z) = (1 − γ)z + Σ_k … z^k, |z| ≤ 1/2 (Abramowitz and Stegun 6.1.33). */
const AROUND_TWO = [
  0.42278433509846713, 0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
  0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5,
  -4.492623673813314e-5, 2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6, -2.039215753801366e-6,
  9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554665e-7, -1.0043224823968099e-7, 4.7698101693639804e-8,
  -2.2711094608943164e-8, 1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9,
  5.731367241678862e-10,
];
/** Stirling's series B₂ₖ/(2k(2k − 1)); eight terms leave 2e-18 at x = 10. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];
const HALF_LOG_TWO_PI = 0.9189385332046728;

/**
 * ln Γ(x) for x > 0, with small relative error also next to its zeros 1 and 2.
 *
 * @throws ArgumentError unless x > 0
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new ArgumentError('x', x, 'a number above 0');
  if (x >= 10) return x === Infinity ? x : (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingSeries(x);
  if (x < 0.5) return aroundTwo(x) - Math.log(x) - Math.log1p(x);
  if (x < 1.5) return aroundTwo(x - 1) - Math.log(x);
  let product = 1;
  let y = x;
  while (y > 2.5) product *= y -= 1;
  return aroundTwo(y - 2) + (product === 1 ? 0 : Math.log(product));
}

/** Γ(x + 1) = √(2πx) (x/e)^x e^δ: the δ of Stirling's formula, with absolute error about 1e-15; x > 0. */
export function stirlingError(x: number): number {
  if (x < 2) return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI;
  let sum = 0;
  let y = x;
  for (; y < 10; y++) sum += (y + 0.5) * Math.log1p(1 / y) - 1;
  return sum + stirlingSeries(y);
}

/**
 * x ln(x/m) + m − x ≥ 0 without cancellation near x = m (C. Loader, Fast and accurate computation of binomial
 * probabilities, 2000); x, m > 0.
 */
export function poissonDeviance(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m);
  const square = v * v;
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let k = 3; ; k += 2) {
    term *= square;
    const next = sum + term / k;
    if (next === sum) return sum;
    sum = next;
  }
}

function aroundTwo(z: number): number {
  return z * horner(z, AROUND_TWO);
}

function stirlingSeries(x: number): number {
  return horner(1 / (x * x), STIRLING) / x;
}
