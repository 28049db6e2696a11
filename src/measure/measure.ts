import type { MatrixLike, VectorLike } from '../base/arrays.ts';
import { checkInteger } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { type EmpiricalMeasure, empiricalMeasure, empiricalView } from './empirical.ts';
import { type GridMeasure, gridNodes } from './grid.ts';

/** A measure on R^p: particles, or masses on a grid. */
export type Measure = EmpiricalMeasure | GridMeasure;

/** What a function of a measure accepts: a measure, points `[N, p]` or points of the line `[N]` with equal weights. */
export type MeasureLike = Measure | MatrixLike | VectorLike;

/** The measure as weighted atoms. A grid gives its nodes (allocates `[count, p]`); particles are returned as they are. */
export function atomsOf(name: string, value: MeasureLike): EmpiricalMeasure {
  if (typeof value === 'object' && value !== null && 'kind' in value)
    return value.kind === 'empirical' ? value : empiricalView(gridNodes(value.axes), value.dimension, value.weights);
  return renamed(name, () => empiricalMeasure(value));
}

/** Two measures as atoms. Throws unless they have the same dimension. */
export function atomsOfBoth(first: MeasureLike, second: MeasureLike): [EmpiricalMeasure, EmpiricalMeasure] {
  const a = atomsOf('first', first);
  const b = atomsOf('second', second);
  if (a.dimension !== b.dimension)
    throw new ArgumentError('second.dimension', b.dimension, `${a.dimension}, the dimension of first`);
  return [a, b];
}

/** Two measures on the line as atoms. */
export function lineAtomsOfBoth(first: MeasureLike, second: MeasureLike): [EmpiricalMeasure, EmpiricalMeasure] {
  const [a, b] = atomsOfBoth(first, second);
  if (a.dimension !== 1)
    throw new ArgumentError('first.dimension', a.dimension, '1 (take a marginal, or slicedWasserstein)');
  return [a, b];
}

/** One coordinate of every atom, `[N]`. */
export function coordinateOf(measure: EmpiricalMeasure, coordinate: number): Float64Array {
  const p = measure.dimension;
  checkInteger('coordinate', coordinate, { min: 0, max: p - 1 });
  const out = new Float64Array(measure.count);
  for (let i = 0; i < out.length; i++) out[i] = measure.particles[i * p + coordinate]!;
  return out;
}

function renamed<T>(name: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof ArgumentError)
      throw new ArgumentError(error.argument.replace(/^points/, name), error.value, error.allowed);
    throw error;
  }
}
