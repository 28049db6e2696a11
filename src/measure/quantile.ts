import { checkNumber } from '../base/check.ts';
import { argsort } from './argsort.ts';
import { atomsOf, coordinateOf, type MeasureLike } from './measure.ts';
import { compensatedSum } from './sum.ts';

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
  const mass = compensatedSum(atoms.weights);
  const cumulative = new Float64Array(order.length);
  let sum = 0;
  for (let i = 0; i < order.length; i++) cumulative[i] = (sum += atoms.weights[order[i]!]!) / mass;
  return Float64Array.from(levels, (level) => x[order[firstAtLeast(cumulative, level)]!]!);
}

/** The first index whose value is at least `level`, up to the rounding of N additions. */
function firstAtLeast(cumulative: Float64Array, level: number): number {
  const target = level - 4 * Number.EPSILON * Math.sqrt(cumulative.length);
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}
