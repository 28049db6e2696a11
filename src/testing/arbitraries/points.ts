import * as fc from 'fast-check';
import { reals } from './numbers.ts';

/** Options of `points`. */
export interface PointConstraints {
  /** p. Default 1. */
  readonly dimension?: number;
  /** Default 1 … 6. */
  readonly minCount?: number;
  readonly maxCount?: number;
  /** Each coordinate. Default: in [-2, 2], shrinking to 0. */
  readonly coordinate?: fc.Arbitrary<number>;
}

/** Clouds of points `[N][p]`; fewer points and simpler coordinates are simpler. */
export function points(constraints: PointConstraints = {}): fc.Arbitrary<number[][]> {
  const { dimension = 1, minCount = 1, maxCount = Math.max(6, minCount), coordinate = reals() } = constraints;
  const point = fc.array(coordinate, { minLength: dimension, maxLength: dimension });
  return fc.array(point, { minLength: minCount, maxLength: maxCount, size: 'max' });
}
