import { asMatrix, type Matrix } from '../base/arrays.ts';
import { checkInteger } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { atomsOf, coordinateOf, type MeasureLike } from './measure.ts';
import { compensatedDot, compensatedSum } from './sum.ts';

/** Total mass: 1 for a probability measure. Compensated sum, O(N). */
export function massOf(measure: MeasureLike): number {
  return compensatedSum(atomsOf('measure', measure).weights);
}

/** ∫ x dμ, `[p]`. O(Np). */
export function meanOf(measure: MeasureLike): Float64Array {
  const { particles, weights, dimension: p } = atomsOf('measure', measure);
  return Float64Array.from({ length: p }, (_, k) => compensatedDot(weights, particles, p, k));
}

/** ∫ x_k² dμ for each coordinate, `[p]`. O(Np). */
export function secondMomentOf(measure: MeasureLike): Float64Array {
  const { particles, weights, dimension: p } = atomsOf('measure', measure);
  const squares = particles.map((x) => x * x);
  return Float64Array.from({ length: p }, (_, k) => compensatedDot(weights, squares, p, k));
}

/** Covariance of the measure itself (weights w_i, no n/(n − 1) correction), ndarray `[p, p]`. O(Np²). */
export function covarianceOf(measure: MeasureLike): Matrix {
  const atoms = atomsOf('measure', measure);
  const { weights, dimension: p, count } = atoms;
  const mass = compensatedSum(weights);
  const centred = Array.from({ length: p }, (_, k) => {
    const x = coordinateOf(atoms, k);
    const mean = compensatedDot(weights, x) / mass;
    return x.map((value) => value - mean);
  });
  const out = new Float64Array(p * p);
  const product = new Float64Array(count);
  for (let k = 0; k < p; k++)
    for (let l = 0; l <= k; l++) {
      for (let i = 0; i < count; i++) product[i] = centred[k]![i]! * centred[l]![i]!;
      out[k * p + l] = out[l * p + k] = compensatedDot(weights, product) / mass;
    }
  return asMatrix(out, p, p);
}

/**
 * ∫ Π_k x_k^powers[k] dμ.
 *
 * @param powers - `[p]`, integers ≥ 0, e.g. `[2, 1]` for E x₀²x₁
 */
export function momentOf(measure: MeasureLike, powers: readonly number[]): number {
  const { particles, weights, dimension: p, count } = atomsOf('measure', measure);
  if (powers.length !== p) throw new ArgumentError('powers.length', powers.length, `${p}, the dimension`);
  powers.forEach((power, k) => {
    checkInteger(`powers[${k}]`, power, { min: 0 });
  });
  const product = new Float64Array(count).fill(1);
  for (let i = 0; i < count; i++) for (let k = 0; k < p; k++) product[i]! *= particles[i * p + k]! ** powers[k]!;
  return compensatedDot(weights, product);
}
