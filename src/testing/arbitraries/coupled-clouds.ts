import * as fc from 'fast-check';
import { reals } from './numbers.ts';
import type { PointConstraints } from './points.ts';

/** Two clouds `[N][p]` whose points belong together in pairs. */
export interface CoupledClouds {
  readonly first: readonly (readonly number[])[];
  readonly second: readonly (readonly number[])[];
}

/** Coupled clouds; fewer pairs, and equal points of a pair, are simpler. */
export function coupledClouds(constraints: PointConstraints = {}): fc.Arbitrary<CoupledClouds> {
  const { dimension = 1, minCount = 1, maxCount = Math.max(6, minCount), coordinate = reals() } = constraints;
  const vector = (entry: fc.Arbitrary<number>) => fc.array(entry, { minLength: dimension, maxLength: dimension });
  return fc
    .array(fc.tuple(vector(coordinate), vector(reals())), { minLength: minCount, maxLength: maxCount, size: 'max' })
    .map((pairs) => ({
      first: pairs.map(([x]) => x),
      second: pairs.map(([x, shift]) => x.map((value, k) => value + shift[k]!)),
    }));
}
