import { checkInteger } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { type EmpiricalMeasure, empiricalView } from './empirical.ts';
import { type GridMeasure, gridView, nodeCount } from './grid.ts';
import { atomsOf, type MeasureLike } from './measure.ts';

/**
 * The law of some coordinates, in the order given. The marginal of a grid is a grid; a cloud keeps all its atoms.
 *
 * @param coordinates - distinct integers in 0 … p − 1, at least one
 */
export function marginal(measure: GridMeasure, coordinates: readonly number[]): GridMeasure;
export function marginal(measure: MeasureLike, coordinates: readonly number[]): EmpiricalMeasure | GridMeasure;
export function marginal(measure: MeasureLike, coordinates: readonly number[]): EmpiricalMeasure | GridMeasure {
  if (typeof measure === 'object' && 'kind' in measure && measure.kind === 'grid') {
    check(coordinates, measure.dimension);
    return gridMarginal(measure, coordinates);
  }
  const { count, dimension: p, particles, weights } = atomsOf('measure', measure);
  check(coordinates, p);
  const q = coordinates.length;
  const out = new Float64Array(count * q);
  for (let i = 0; i < count; i++) for (let k = 0; k < q; k++) out[i * q + k] = particles[i * p + coordinates[k]!]!;
  return empiricalView(out, q, weights.slice());
}

function check(coordinates: readonly number[], p: number): void {
  if (coordinates.length === 0 || new Set(coordinates).size !== coordinates.length)
    throw new ArgumentError('coordinates', coordinates, 'distinct coordinates, at least one');
  coordinates.forEach((coordinate, k) => {
    checkInteger(`coordinates[${k}]`, coordinate, { min: 0, max: p - 1 });
  });
}

function gridMarginal(measure: GridMeasure, coordinates: readonly number[]): GridMeasure {
  const axes = coordinates.map((coordinate) => measure.axes[coordinate]!);
  const out = new Float64Array(nodeCount(axes));
  const index = measure.axes.map(() => 0);
  for (let i = 0; i < measure.count; i++) {
    for (let k = index.length - 1, rest = i; k >= 0; k--) {
      index[k] = rest % measure.axes[k]!.count;
      rest = Math.floor(rest / measure.axes[k]!.count);
    }
    let target = 0;
    for (const coordinate of coordinates) target = target * measure.axes[coordinate]!.count + index[coordinate]!;
    out[target]! += measure.weights[i]!;
  }
  return gridView(axes, out);
}
