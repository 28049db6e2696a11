import { checkInteger, checkNumber } from '../../base/check.ts';
import { normalQuantile } from '../../base/special-functions.ts';
import { fillNormal } from '../../random/normal.ts';
import type { Stream } from '../../random/stream.ts';
import type { EmpiricalMeasure } from '../empirical.ts';
import { atomsOfBoth, type MeasureLike } from '../measure.ts';
import { checkOrder, powerCost, sorted } from './wasserstein-1d.ts';

/** A Monte Carlo estimate over random directions. The clouds themselves are taken as they are. */
export interface SlicedEstimate {
  /** The estimate of SW_p, the root of `power`: biased low by O(1/directions). */
  readonly distance: number;
  /** Standard error of `distance`, by the delta method. */
  readonly standardError: number;
  /** The unbiased estimate of SW_p^p = E_θ W_p(θ·μ, θ·ν)^p. */
  readonly power: number;
  readonly powerStandardError: number;
  /** Asymptotic normal confidence interval of SW_p over the directions: the roots of that of SW_p^p. */
  readonly interval: readonly [number, number];
}

/**
 * Sliced Wasserstein distance: W_p of the projections on a uniformly random direction, averaged. O(N p) and two sorts
 * a direction. On the line it is W_p, without error.
 *
 * N. Bonneel, J. Rabin, G. Peyré, H. Pfister, Sliced and Radon Wasserstein barycenters of measures (2015).
 *
 * @param options.order - p in [1, ∞), default 2
 * @param options.directions - number of random directions, default 128, at least 2
 * @param options.level - of the interval, default 0.95
 */
export function slicedWasserstein(
  first: MeasureLike,
  second: MeasureLike,
  options: { readonly rng: Stream; readonly order?: number; readonly directions?: number; readonly level?: number },
): SlicedEstimate {
  const order = checkOrder(options.order ?? 2, Number.MAX_VALUE);
  const directions = checkInteger('directions', options.directions ?? 128, { min: 2 });
  const level = checkNumber('level', options.level ?? 0.95, { above: 0, below: 1 });
  const [a, b] = atomsOfBoth(first, second);
  const powers = new Float64Array(a.dimension === 1 ? 2 : directions);
  const direction = new Float64Array(a.dimension).fill(1);
  const onA = new Float64Array(a.count);
  const onB = new Float64Array(b.count);
  for (let s = 0; s < powers.length; s++) {
    if (a.dimension > 1) randomDirectionInto(options.rng, direction);
    projectInto(a, direction, onA);
    projectInto(b, direction, onB);
    powers[s] = powerCost(sorted(a, onA), sorted(b, onB), order, 1);
  }
  return estimate(powers, order, normalQuantile(0.5 + level / 2));
}

function estimate(powers: Float64Array, order: number, z: number): SlicedEstimate {
  const count = powers.length;
  const power = powers.reduce((sum, value) => sum + value, 0) / count;
  const squares = powers.reduce((sum, value) => sum + (value - power) ** 2, 0);
  const powerStandardError = Math.sqrt(squares / (count - 1) / count);
  const distance = power ** (1 / order);
  return {
    distance,
    standardError: power > 0 ? (powerStandardError * distance) / (order * power) : 0,
    power,
    powerStandardError,
    interval: [
      Math.max(0, power - z * powerStandardError) ** (1 / order),
      (power + z * powerStandardError) ** (1 / order),
    ],
  };
}

function randomDirectionInto(rng: Stream, out: Float64Array): void {
  let norm = 0;
  while (norm === 0) {
    fillNormal(rng, out);
    norm = Math.hypot(...out);
  }
  for (let k = 0; k < out.length; k++) out[k]! /= norm;
}

function projectInto({ particles, count, dimension: p }: EmpiricalMeasure, direction: Float64Array, out: Float64Array) {
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0; k < p; k++) sum += particles[i * p + k]! * direction[k]!;
    out[i] = sum;
  }
}
