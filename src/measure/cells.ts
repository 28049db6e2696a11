import type { EmpiricalMeasure } from './empirical.ts';

/**
 * Splits atoms into `cells` groups of neighbours: halved at the middle of the coordinate that spreads most, and again.
 * O(N log N log(cells)).
 *
 * @param active - the atoms to split; reordered in place, so that the returned groups are its consecutive slices
 */
export function splitIntoCells(measure: EmpiricalMeasure, active: Int32Array, cells: number): Int32Array[] {
  if (cells <= 1 || active.length <= 1) return [active];
  const { particles, dimension: p } = measure;
  const coordinate = widestCoordinate(particles, p, active);
  active.sort((i, j) => particles[i * p + coordinate]! - particles[j * p + coordinate]! || i - j);
  const left = cells >> 1;
  const middle = Math.round((active.length * left) / cells);
  return [
    ...splitIntoCells(measure, active.subarray(0, middle), left),
    ...splitIntoCells(measure, active.subarray(middle), cells - left),
  ];
}

function widestCoordinate(particles: Float64Array, p: number, active: Int32Array): number {
  let widest = 0;
  let width = -1;
  for (let k = 0; k < p; k++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const i of active) {
      const x = particles[i * p + k]!;
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
    if (high - low > width) {
      width = high - low;
      widest = k;
    }
  }
  return widest;
}
