import { ArgumentError } from '../errors.ts';
import { invertTail } from './invert-tail.ts';

/** Below this point the theta-function form of the series is used, above it the alternating one. */
const SWITCH = 1.1;

/** P(K ≤ x) for Kolmogorov's law, the limit of √n·sup|F_n − F|. */
export function kolmogorovCdf(x: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? x : 0;
  return x < SWITCH ? theta(x) : 1 - alternating(x);
}

/** P(K > x) for Kolmogorov's law, to relative accuracy in the right tail. */
export function kolmogorovUpperTail(x: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? x : 1;
  return x < SWITCH ? 1 - theta(x) : alternating(x);
}

/**
 * The x with P(K > x) = p, for the critical value of a Kolmogorov–Smirnov test; +∞ at 0, 0 at 1.
 *
 * @throws ArgumentError unless p is in [0, 1]
 */
export function kolmogorovUpperQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new ArgumentError('p', p, 'a probability in [0, 1]');
  if (p === 0) return Infinity;
  if (p === 1) return 0;
  return invertTail(kolmogorovUpperTail, density, p, Math.sqrt(-0.5 * Math.log(p / 2)));
}

function alternating(x: number): number {
  let sum = 0;
  for (let k = 6; k >= 1; k--) sum = Math.exp(-2 * k * k * x * x) - sum;
  return 2 * sum;
}

function theta(x: number): number {
  let sum = 0;
  for (let k = 7; k >= 1; k -= 2) sum += Math.exp(-((k * Math.PI) ** 2) / (8 * x * x));
  return (Math.sqrt(2 * Math.PI) / x) * sum;
}

function density(x: number): number {
  let sum = 0;
  if (x < SWITCH) {
    for (let k = 7; k >= 1; k -= 2) {
      const c = (k * Math.PI) ** 2 / 8;
      sum += Math.exp(-c / (x * x)) * ((2 * c) / x ** 4 - 1 / (x * x));
    }
    return Math.sqrt(2 * Math.PI) * sum;
  }
  for (let k = 6; k >= 1; k--) sum = k * k * Math.exp(-2 * k * k * x * x) - sum;
  return 8 * x * sum;
}
