import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { shuffle } from '../../random/shuffle.ts';
import type { Stream } from '../../random/stream.ts';
import { uniformInt } from '../../random/uniform-int.ts';
import { type EmpiricalMeasure, empiricalView } from '../empirical.ts';
import { atomsOfBoth, type MeasureLike } from '../measure.ts';
import { areEqual } from '../weights.ts';

/** A confidence interval; each function states of what and how valid. */
export interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

/** A function of two clouds, e.g. `wasserstein1`. */
export type Distance = (first: EmpiricalMeasure, second: EmpiricalMeasure) => number;

/**
 * Basic bootstrap interval for a distance between the laws that two independent samples were drawn from: both are drawn
 * again with replacement, and the quantiles of the replicates are reflected at the estimate, which also takes out the
 * replicates' upward bias. Asymptotic; valid where the distance is smooth, which for W_p, energy distance and MMD
 * means away from equal laws (there use `permutationTest`).
 *
 * A. Davison and D. Hinkley, Bootstrap Methods and their Application (1997), section 5.2.
 *
 * @param options.replicates - default 500, each one distance
 * @param options.level - default 0.95
 */
export function bootstrapInterval(
  first: MeasureLike,
  second: MeasureLike,
  distance: Distance,
  options: { readonly rng: Stream; readonly replicates?: number; readonly level?: number },
): Interval {
  const replicates = checkInteger('replicates', options.replicates ?? 500, { min: 20 });
  const level = checkNumber('level', options.level ?? 0.95, { above: 0, below: 1 });
  const [a, b] = atomsOfBoth(first, second);
  checkEqualWeights(a, b);
  const estimate = distance(a, b);
  const values = new Float64Array(replicates);
  for (let r = 0; r < replicates; r++) values[r] = distance(drawAgain(a, options.rng), drawAgain(b, options.rng));
  values.sort();
  const tail = (1 - level) / 2;
  const at = (u: number) => values[Math.min(replicates - 1, Math.max(0, Math.ceil(u * (replicates + 1)) - 1))]!;
  return { estimate, lower: 2 * estimate - at(1 - tail), upper: 2 * estimate - at(tail), level };
}

/**
 * Permutation test of equal laws by any distance: the share of random relabellings of the pooled points whose distance is
 * at least the one observed. Exact: under equal laws P(pValue ≤ u) ≤ u for all sizes and all distances.
 *
 * @param options.permutations - default 999, each one distance; the least possible p-value is 1/(permutations + 1)
 */
export function permutationTest(
  first: MeasureLike,
  second: MeasureLike,
  distance: Distance,
  options: { readonly rng: Stream; readonly permutations?: number },
): { readonly statistic: number; readonly pValue: number } {
  const permutations = checkInteger('permutations', options.permutations ?? 999, { min: 1 });
  const [a, b] = atomsOfBoth(first, second);
  checkEqualWeights(a, b);
  const statistic = distance(a, b);
  const pooled = new Float64Array(a.particles.length + b.particles.length);
  pooled.set(a.particles);
  pooled.set(b.particles, a.particles.length);
  const order = Int32Array.from({ length: a.count + b.count }, (_, i) => i);
  let asLarge = 1;
  for (let r = 0; r < permutations; r++) {
    shuffle(options.rng, order);
    const one = rowsOf(pooled, a.dimension, order.subarray(0, a.count));
    const other = rowsOf(pooled, a.dimension, order.subarray(a.count));
    // Relabellings that only exchange points within a sample give the same number up to the order of additions.
    if (distance(one, other) >= statistic * (1 - 1e-12)) asLarge++;
  }
  return { statistic, pValue: asLarge / (permutations + 1) };
}

/** Throws unless both clouds have equal weights: samples, not measures. */
export function checkEqualWeights(a: EmpiricalMeasure, b: EmpiricalMeasure): void {
  if (!areEqual(a.weights)) throw new ArgumentError('first.weights', a.weights, 'equal: first is a sample here');
  if (!areEqual(b.weights)) throw new ArgumentError('second.weights', b.weights, 'equal: second is a sample here');
}

function drawAgain(sample: EmpiricalMeasure, rng: Stream): EmpiricalMeasure {
  const chosen = Int32Array.from(sample.weights, () => uniformInt(rng, sample.count));
  return rowsOf(sample.particles, sample.dimension, chosen);
}

function rowsOf(source: Float64Array, p: number, rows: Int32Array): EmpiricalMeasure {
  const out = new Float64Array(rows.length * p);
  rows.forEach((row, s) => {
    for (let k = 0; k < p; k++) out[s * p + k] = source[row * p + k]!;
  });
  return empiricalView(out, p);
}
