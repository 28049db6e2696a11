import * as fc from 'fast-check';
import {
  type EmpiricalMeasure,
  empiricalMeasure,
  type GridMeasure,
  gridMeasure,
  type Measure,
} from '../../measure/index.ts';
import { described } from '../described.ts';
import { positives, reals, vectors } from './numbers.ts';
import { points } from './points.ts';

/** Options of the measures. */
export interface MeasureConstraints {
  /** p. Default 1, and for grids at most 3. */
  readonly dimension?: number;
  /** Of particles, or of the nodes along an axis. Default 6. */
  readonly maxCount?: number;
}

/** Clouds of weighted particles, duplicates and weight 0 included; equal weights are simpler. */
export function empiricalMeasures(constraints: MeasureConstraints = {}): fc.Arbitrary<EmpiricalMeasure> {
  const { dimension = 1, maxCount = 6 } = constraints;
  return fc.tuple(points({ dimension, maxCount }), fc.option(masses(maxCount))).map(([rows, drawn]) => {
    if (drawn === null) return described(empiricalMeasure(rows), `empiricalMeasure(${JSON.stringify(rows)})`);
    const weights = [1, ...drawn.slice(1, rows.length)];
    const text = `empiricalMeasure(${JSON.stringify(rows)}, ${JSON.stringify(weights)})`;
    return described(empiricalMeasure(rows, weights), text);
  });
}

/** Masses on grids of 2 … `maxCount` nodes an axis, axes from -1 upwards. */
export function gridMeasures({ dimension = 1, maxCount = 6 }: MeasureConstraints = {}): fc.Arbitrary<GridMeasure> {
  const axis = fc.record({
    lower: fc.constant(-1),
    upper: positives({ min: 1 / 2, max: 4 }),
    count: fc.integer({ min: 2, max: Math.max(2, maxCount) }),
  });
  return fc.tuple(vectors(dimension, axis), masses(Math.max(2, maxCount) ** dimension)).map(([axes, drawn]) => {
    const nodes = axes.reduce((product, { count }) => product * count, 1);
    const weights = [1, ...drawn.slice(1, nodes)];
    return described(gridMeasure(axes, weights), `gridMeasure(${JSON.stringify(axes)}, ${JSON.stringify(weights)})`);
  });
}

/** Particles or, up to dimension 3, grids. */
export function measures(constraints: MeasureConstraints = {}): fc.Arbitrary<Measure> {
  const clouds = empiricalMeasures(constraints);
  return (constraints.dimension ?? 1) > 3
    ? clouds
    : fc.oneof<fc.Arbitrary<Measure>[]>(clouds, gridMeasures(constraints));
}

/** Nonnegative masses; users set the first to 1, so that not all are 0. */
function masses(length: number): fc.Arbitrary<number[]> {
  return vectors(length, reals({ min: 0, max: 4, towards: 1 }));
}
