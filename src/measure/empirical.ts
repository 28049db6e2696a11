import type { NdArray } from 'ndarray';
import {
  asMatrix,
  type Matrix,
  type MatrixLike,
  type RowMajor,
  toRowMajor,
  toVector,
  type VectorLike,
} from '../base/arrays.ts';
import { ArgumentError } from '../base/errors.ts';
import { equalWeights, toProbabilities } from './weights.ts';

/** A cloud of weighted particles Σ_i w_i δ_{x_i} on R^p: what a finite network is, and what particle methods evolve. */
export interface EmpiricalMeasure {
  readonly kind: 'empirical';
  /** N, the number of particles. */
  readonly count: number;
  /** p. */
  readonly dimension: number;
  /** The particles, contiguous row-major `[N, p]`. */
  readonly particles: Float64Array;
  /** The weights, `[N]`: nonnegative; of total 1 when made by `empiricalMeasure`. */
  readonly weights: Float64Array;
  /** `particles` as an ndarray `[N, p]` that shares their memory. */
  readonly points: Matrix;
}

/**
 * The probability measure with the given points and weights.
 *
 * @param points - `[N, p]`, N ≥ 1, p ≥ 1: an ndarray with any strides or an array of rows; or `[N]`, points of the line. Copied.
 * @param weights - `[N]`, nonnegative, scaled to total 1. Default: equal weights.
 * @throws ArgumentError on empty input, entries that are not finite, ragged rows, a length mismatch, and weights that
 * are negative, infinite or all zero.
 */
export function empiricalMeasure(points: MatrixLike | VectorLike, weights?: VectorLike): EmpiricalMeasure {
  const { data, rows, columns } = toPoints('points', points);
  return empiricalView(
    data,
    columns,
    weights === undefined ? equalWeights(rows) : toProbabilities('weights', weights, rows),
  );
}

/** An unchecked measure over the caller's own storage; for solvers. `weights` (default: equal) are taken as they are. */
export function empiricalView(particles: Float64Array, dimension: number, weights?: Float64Array): EmpiricalMeasure {
  const count = particles.length / dimension;
  return {
    kind: 'empirical',
    count,
    dimension,
    particles,
    weights: weights ?? equalWeights(count),
    points: asMatrix(particles, count, dimension),
  };
}

/** Points of R^p from a matrix, or of R from a vector. */
export function toPoints(name: string, value: MatrixLike | VectorLike): RowMajor {
  let points: RowMajor;
  if (isVector(value)) {
    const data = toVector(name, value);
    points = { data, rows: data.length, columns: 1 };
  } else points = toRowMajor(name, value);
  if (points.rows === 0 || points.columns === 0)
    throw new ArgumentError(name, value, 'at least one point of at least one coordinate');
  return points;
}

function isVector(value: MatrixLike | VectorLike): value is VectorLike {
  if (typeof value === 'object' && value !== null && 'shape' in value && 'stride' in value)
    return (value as NdArray).shape.length === 1;
  return ArrayBuffer.isView(value) || (Array.isArray(value) && !isRow(value[0]));
}

function isRow(value: unknown): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}
