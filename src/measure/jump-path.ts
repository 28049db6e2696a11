import { type MatrixLike, toVector, type VectorLike } from '../base/arrays.ts';
import { checkNumber } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { toPoints } from './empirical.ts';

/** A càdlàg, piecewise constant path on [0, until] with values in R^p. */
export interface JumpPath {
  readonly until: number;
  /** p. */
  readonly dimension: number;
  /** Times of the jumps, `[J]`, strictly increasing in (0, until]. */
  readonly times: Float64Array;
  /** States, row-major `[J + 1, p]`: the start, and the state from each jump on. */
  readonly states: Float64Array;
}

/**
 * A checked jump path.
 *
 * @param options.times - `[J]`, strictly increasing, in (0, until]
 * @param options.states - `[J + 1, p]`, or `[J + 1]` for p = 1: the start first
 * @param options.until - end of the time interval, > 0
 */
export function jumpPath(options: {
  readonly times: VectorLike;
  readonly states: MatrixLike | VectorLike;
  readonly until: number;
}): JumpPath {
  const until = checkNumber('until', options.until, { above: 0 });
  const times = toVector('times', options.times);
  times.forEach((time, k) => {
    checkNumber(`times[${k}]`, time, { above: k === 0 ? 0 : times[k - 1]!, max: until });
  });
  const { data, rows, columns } = toPoints('states', options.states);
  if (rows !== times.length + 1)
    throw new ArgumentError('states.length', rows, `${times.length + 1}, one more than there are jumps`);
  return { until, dimension: columns, times, states: data };
}
