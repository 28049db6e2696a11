import { checkNumber } from '../base/check.ts';
import { argsort, gather } from './argsort.ts';
import { atomsOf, coordinateOf, type MeasureLike } from './measure.ts';

/**
 * The quantile inf{x : μ(X_k ≤ x) ≥ level} of one coordinate: always an atom of positive weight (no interpolation).
 * O(N) with a sort by radix.
 *
 * @param level - in [0, 1]; 0 gives the smallest atom, 1 the largest
 * @param coordinate - default 0
 */
export function quantileOf(measure: MeasureLike, level: number, coordinate = 0): number {
  return quantilesOf(measure, [level], coordinate)[0]!;
}

/** Several quantiles of one coordinate, with one sort. */
export function quantilesOf(measure: MeasureLike, levels: readonly number[], coordinate = 0): Float64Array {
  levels.forEach((level, i) => {
    checkNumber(`levels[${i}]`, level, { min: 0, max: 1 });
  });
  const atoms = atomsOf('measure', measure);
  const x = coordinateOf(atoms, coordinate);
  const order = argsort(x).filter((i) => atoms.weights[i]! > 0);
  const cumulative = cumulated(gather(atoms.weights, order));
  return Float64Array.from(levels, (level) => x[order[firstAtLeast(cumulative, level)]!]!);
}

/** Partial sums over the total, compensated: a million equal weights must not shift a quantile by an atom. */
function cumulated(weights: Float64Array): Float64Array {
  const out = new Float64Array(weights.length);
  let [sum, lost] = [0, 0];
  for (let i = 0; i < out.length; i++) {
    const next = sum + weights[i]!;
    lost += sum >= weights[i]! ? sum - next + weights[i]! : weights[i]! - next + sum;
    sum = next;
    out[i] = sum + lost;
  }
  return out.map((value) => value / out[out.length - 1]!);
}

/** The first index whose value is at least `level`, up to rounding. */
function firstAtLeast(cumulative: Float64Array, level: number): number {
  const target = level * (1 - 4 * Number.EPSILON);
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}
