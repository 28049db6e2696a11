import { ArgumentError } from '../../base/errors.ts';
import type { JumpPath } from '../jump-path.ts';

/** Throws unless both paths live on the same time interval and in the same space. */
export function checkSameTime(first: JumpPath, second: JumpPath): void {
  if (second.until !== first.until)
    throw new ArgumentError('second.until', second.until, `${first.until}, the end of first`);
  if (second.dimension !== first.dimension)
    throw new ArgumentError('second.dimension', second.dimension, `${first.dimension}, the dimension of first`);
}

/** |x_i − y_j| for the i-th and the j-th state, Euclidean norm. */
export function stateDistance(first: JumpPath, i: number, second: JumpPath, j: number): number {
  const p = first.dimension;
  let sum = 0;
  for (let k = 0; k < p; k++) sum += (first.states[i * p + k]! - second.states[j * p + k]!) ** 2;
  return Math.sqrt(sum);
}
