import type { EmpiricalMeasure } from '../empirical.ts';
import { sorted } from './wasserstein-1d.ts';

/**
 * Visits the intervals between the merged atoms of two measures on the line, left to right.
 *
 * @param visit - gets F − G on the interval, and its width
 */
export function forEachStep(
  a: EmpiricalMeasure,
  b: EmpiricalMeasure,
  visit: (gap: number, width: number) => void,
): void {
  const x = sorted(a);
  const y = sorted(b);
  const [n, m] = [x.values.length, y.values.length];
  let [i, j, massA, massB] = [0, 0, 0, 0];
  while (i < n || j < m) {
    const at = Math.min(
      i < n ? x.values[i]! : Number.POSITIVE_INFINITY,
      j < m ? y.values[j]! : Number.POSITIVE_INFINITY,
    );
    for (; i < n && x.values[i] === at; i++) massA += x.masses?.[i] ?? 1;
    for (; j < m && y.values[j] === at; j++) massB += y.masses?.[j] ?? 1;
    const right = Math.min(
      i < n ? x.values[i]! : Number.POSITIVE_INFINITY,
      j < m ? y.values[j]! : Number.POSITIVE_INFINITY,
    );
    // Equal weights are counted, and divided once: no rounding piles up.
    const gap = massA / (x.masses ? 1 : n) - massB / (y.masses ? 1 : m);
    if (right < Number.POSITIVE_INFINITY) visit(gap, right - at);
  }
}
