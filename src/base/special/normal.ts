import { ArgumentError } from '../errors.ts';
import { erfc } from './erf.ts';
import { horner } from './horner.ts';

// Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484.
const CENTRE_P = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const CENTRE_Q = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
];
const NEAR_P = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const NEAR_Q = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const FAR_P = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const FAR_Q = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
];

/** 1/√2 = HALF_ROOT + HALF_ROOT_REST, the first with 24 bits so that its product with a float32 is exact. */
const HALF_ROOT = 0.7071067690849304;
const HALF_ROOT_REST = Math.SQRT1_2 - HALF_ROOT;
/** 1/√2 minus its double. */
const SQRT1_2_ERROR = -4.833646656726457e-17;

/** Density of the standard normal law. */
export function normalDensity(x: number): number {
  const head = Math.fround(x);
  return 0.3989422804014327 * Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (x - head) * (x + head));
}

/** P(Z ≤ x) for a standard normal Z, to about 1e-15 relative in either tail (0 below −38.5). NaN gives NaN. */
export function normalCdf(x: number): number {
  return normalUpperTail(-x);
}

/** P(Z > x) for a standard normal Z, to about 1e-15 relative in either tail. NaN gives NaN. */
export function normalUpperTail(x: number): number {
  const y = x * Math.SQRT1_2;
  const value = 0.5 * erfc(y);
  if (!(x > 1) || value === 0) return value;
  // erfc(y + r) ≈ erfc(y)(1 − 2yr): the rounding error r of x/√2 would cost y² ulps.
  const head = Math.fround(x);
  const rest = x - head;
  const r =
    head * HALF_ROOT - y + (head * HALF_ROOT_REST + rest * HALF_ROOT) + rest * HALF_ROOT_REST + x * SQRT1_2_ERROR;
  return value * (1 - 2 * y * r);
}

/**
 * The p-quantile of the standard normal law: −∞ at 0, +∞ at 1. Relative error about 1e-16.
 * For a small upper tail probability ε use −normalQuantile(ε), since 1 − ε is rounded.
 *
 * @throws ArgumentError unless p is in [0, 1]
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new ArgumentError('p', p, 'a probability in [0, 1]');
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(r, CENTRE_P)) / horner(r, CENTRE_Q);
  }
  const smaller = q < 0 ? p : 1 - p;
  if (smaller === 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const root = Math.sqrt(-Math.log(smaller));
  const magnitude =
    root <= 5
      ? horner(root - 1.6, NEAR_P) / horner(root - 1.6, NEAR_Q)
      : horner(root - 5, FAR_P) / horner(root - 5, FAR_Q);
  return q < 0 ? -magnitude : magnitude;
}
