import type { JumpPath } from '../jump-path.ts';
import { checkSameTime, stateDistance } from './path-states.ts';

/** sup_t |x(t) − y(t)| on [0, until], Euclidean norm of states. O((J + K) p). For paths with the same clock. */
export function uniformPathDistance(first: JumpPath, second: JumpPath): number {
  checkSameTime(first, second);
  const [s, t] = [first.times, second.times];
  let largest = stateDistance(first, 0, second, 0);
  for (let i = 0, j = 0; i < s.length || j < t.length; ) {
    const now = Math.min(s[i] ?? Number.POSITIVE_INFINITY, t[j] ?? Number.POSITIVE_INFINITY);
    if (s[i] === now) i++;
    if (t[j] === now) j++;
    largest = Math.max(largest, stateDistance(first, i, second, j));
  }
  return largest;
}
