import { regularizedBeta } from '../../base/special/incomplete-beta.ts';
import type { Interval } from '../estimate.ts';

/** The exact interval of a probability from `hits` in `trials` (C. J. Clopper, E. S. Pearson, 1934). */
export function proportionInterval(hits: number, trials: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  // P(X ≥ hits) = I_p(hits, trials − hits + 1), P(X ≤ hits) = 1 − I_p(hits + 1, trials − hits)
  const low = hits === 0 ? 0 : solve((p) => regularizedBeta(p, hits, trials - hits + 1), tail);
  const high = hits === trials ? 1 : solve((p) => regularizedBeta(p, hits + 1, trials - hits), 1 - tail);
  return [low, high];
}

/** Where an increasing function on [0, 1] takes a value. */
function solve(f: (p: number) => number, value: number): number {
  let low = 0;
  let high = 1;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (f(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
