import { ArgumentError } from '../errors.ts';
import { regularizedBeta } from './incomplete-beta.ts';
import { invertTail } from './invert-tail.ts';
import { logGamma } from './log-gamma.ts';
import { normalQuantile, normalUpperTail } from './normal.ts';

/**
 * P(T ≤ t) for Student's law, to relative accuracy in either tail.
 *
 * @param degrees - degrees of freedom, any number above 0; Infinity gives the normal law
 * @throws ArgumentError unless degrees > 0
 */
export function studentCdf(t: number, degrees: number): number {
  return studentUpperTail(-t, degrees);
}

/** P(T > t) for Student's law; see studentCdf. */
export function studentUpperTail(t: number, degrees: number): number {
  checkDegrees(degrees);
  if (degrees === Infinity) return normalUpperTail(t);
  if (Number.isNaN(t)) return t;
  const ratio = (t / degrees) * t;
  const outside = 1 / (1 + ratio);
  const tail = 0.5 * regularizedBeta(outside, degrees / 2, 0.5, ratio < 1 ? ratio * outside : 1 / (1 + 1 / ratio));
  return t < 0 ? 1 - tail : tail;
}

/**
 * The p-quantile of Student's law: −∞ at 0, +∞ at 1. For a small upper tail probability ε use −studentQuantile(ε, …).
 *
 * @param degrees - degrees of freedom, any number above 0; Infinity gives the normal law
 * @throws ArgumentError unless p is in [0, 1] and degrees > 0
 */
export function studentQuantile(p: number, degrees: number): number {
  checkDegrees(degrees);
  const normal = normalQuantile(p);
  if (degrees === Infinity || normal === 0 || Math.abs(normal) === Infinity) return normal;
  if (p > 0.5) return -lower(1 - p, degrees);
  return lower(p, degrees);
}

function lower(p: number, degrees: number): number {
  if (p <= 0.25)
    return -invertTail(
      (t) => studentUpperTail(t, degrees),
      (t) => density(t, degrees),
      p,
      -normalQuantile(p),
    );
  // Newton on the central probability ½ − p, concave in t: from 0 upwards.
  let t = 0;
  for (let i = 0; i < 100; i++) {
    const ratio = (t / degrees) * t;
    const inside = 0.5 * regularizedBeta(ratio / (1 + ratio), 0.5, degrees / 2, 1 / (1 + ratio));
    const step = (0.5 - p - inside) / density(t, degrees);
    t += step;
    if (Math.abs(step) <= 2e-16 * t) break;
  }
  return -t;
}

function density(t: number, degrees: number): number {
  const half = degrees / 2;
  const logFactor = logGamma(half + 0.5) - logGamma(half) - 0.5 * Math.log(Math.PI * degrees);
  return Math.exp(logFactor - (half + 0.5) * Math.log1p((t / degrees) * t));
}

function checkDegrees(degrees: number): void {
  if (!(degrees > 0)) throw new ArgumentError('degrees', degrees, 'a number above 0');
}
