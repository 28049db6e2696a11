import type { JumpPath } from '../jump-path.ts';
import { checkSameTime, stateDistance } from './path-states.ts';

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Skorokhod's J₁ distance inf_λ max(sup_t |λ(t) − t|, sup_t |x(t) − y(λ(t))|) over the increasing bijections λ of
 * [0, until]: exact for piecewise constant paths. Time and state count in the same units: scale the states first if they
 * should not. P. Billingsley, Convergence of Probability Measures (1968), section 14.
 *
 * A change of time matters only through the order in which the jumps of x and of y happen: a monotone walk through the
 * pairs (i, j) of states, by a jump of x, of y, or of both at once. Whether a bound ε can be met is decided by the walk
 * that reaches each pair as early as possible; the distance is the least ε that can be met, and it is one of the numbers
 * |x_i − y_j|, |s_i − t_j|: these are searched by bisection. O(JK log(JK)) time, O(JK) memory.
 */
export function skorokhodDistance(first: JumpPath, second: JumpPath): number {
  checkSameTime(first, second);
  // Jumps at the end can't be moved in time: the end states are compared as they are.
  const problem = prepare(first, second);
  const { gaps, candidates } = problem;
  const atEnd = stateDistance(first, first.times.length, second, second.times.length);
  // The pairs (first, first) and (last, last) belong to every walk.
  const least = Math.max(gaps[0]!, gaps[gaps.length - 1]!, atEnd);
  let low = 0;
  let high = candidates.length - 1;
  if (canMeet(problem, least)) return least;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (candidates[middle]! >= least && canMeet(problem, candidates[middle]!)) high = middle;
    else low = middle + 1;
  }
  return candidates[low]!;
}

interface PathPair {
  readonly s: Float64Array;
  readonly t: Float64Array;
  /** |x_i − y_j|, row-major `[J + 1, K + 1]`. */
  readonly gaps: Float64Array;
  /** All values that the distance can have, sorted. */
  readonly candidates: Float64Array;
}

function prepare(first: JumpPath, second: JumpPath): PathPair {
  const s = first.times.filter((time) => time < first.until);
  const t = second.times.filter((time) => time < second.until);
  const gaps = new Float64Array((s.length + 1) * (t.length + 1));
  const candidates = new Float64Array(gaps.length + s.length * t.length);
  for (let i = 0, k = 0; i <= s.length; i++)
    for (let j = 0; j <= t.length; j++, k++) candidates[k] = gaps[k] = stateDistance(first, i, second, j);
  for (let i = 0, k = gaps.length; i < s.length; i++)
    for (let j = 0; j < t.length; j++, k++) candidates[k] = Math.abs(s[i]! - t[j]!);
  return { s, t, gaps, candidates: candidates.sort() };
}

/**
 * Whether some change of time meets the bound. Time is that of x: its jump i is at s_i; jump j of y is put anywhere within
 * `bound` of t_j. Row by row, each pair (i, j) gets the earliest time at which the walk can be there: some s, or
 * t − bound for some t (`late` = 1). Times are only compared through differences |s − t|, rounded as the candidates
 * are, so that a candidate meets itself.
 */
function canMeet({ s, t, gaps }: PathPair, bound: number): boolean {
  const columns = t.length + 1;
  let [before, early] = [new Float64Array(columns).fill(NEVER), new Float64Array(columns)];
  const late = new Uint8Array(columns);
  for (let i = 0; i <= s.length; i++) {
    const now = i === 0 ? 0 : s[i - 1]!;
    for (let j = 0; j < columns; j++) {
      early[j] = NEVER;
      late[j] = 0;
      if (gaps[i * columns + j]! > bound) continue;
      const start = i === 0 && j === 0;
      const jumpOfX = i > 0 && before[j]! < NEVER;
      const jumpOfBoth = i > 0 && j > 0 && before[j - 1]! < NEVER && Math.abs(now - t[j - 1]!) <= bound;
      if (start || jumpOfX || jumpOfBoth) {
        early[j] = now;
        continue;
      }
      if (j === 0 || early[j - 1]! === NEVER) continue;
      // Jump j of y within state i of x: after the walk got here, in its window, and before x jumps on.
      const time = t[j - 1]!;
      if (late[j - 1] === 1 || time - early[j - 1]! > bound) {
        if (i < s.length && time - s[i]! > bound) continue;
        early[j] = time;
        late[j] = 1;
      } else if (early[j - 1]! - time <= bound) early[j] = early[j - 1]!;
    }
    [before, early] = [early, before];
  }
  return before[columns - 1]! < NEVER;
}
