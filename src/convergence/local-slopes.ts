import type { VectorLike } from '../base/arrays.ts';
import type { ErrorEstimates } from './error-estimates.ts';
import type { Estimate } from './estimate.ts';
import { toSizes } from './fit-power-law.ts';
import { satterthwaite } from './generalized-least-squares.ts';
import { logErrors } from './log-errors.ts';

/**
 * The slope on the log–log scale between each size and the next, with its standard error (delta method, shared
 * reference included); undefined where either error is not above the noise floor. Neighbouring slopes are correlated.
 *
 * @param sizes - K ≥ 2 different positive numbers, in the order in which slopes are taken
 * @param signal - an error must exceed this many of its standard errors, default 4
 */
export function localSlopes(sizes: VectorLike, estimates: ErrorEstimates, signal = 4): (Estimate | undefined)[] {
  const n = toSizes(sizes, estimates);
  const K = n.length;
  return Array.from({ length: K - 1 }, (_, i) => {
    const logs = logErrors(n.subarray(i, i + 2), pair(estimates, i), signal);
    if (!logs.usable) return undefined;
    const run = Math.log(n[i + 1]! / n[i]!);
    const [a, b, , d] = logs.covariance as unknown as [number, number, number, number];
    return {
      value: (logs.y[1]! - logs.y[0]!) / run,
      standardError: Math.sqrt(Math.max(0, a + d - 2 * b)) / Math.abs(run),
      degrees: satterthwaite([a, d], estimates.degrees.subarray(i, i + 2)),
    };
  });
}

/** The estimates of sizes i and i + 1. */
function pair(estimates: ErrorEstimates, i: number): ErrorEstimates {
  const K = estimates.values.length;
  const { covariance } = estimates;
  const at = (row: number, column: number) => covariance[(i + row) * K + i + column]!;
  return {
    power: estimates.power,
    values: estimates.values.subarray(i, i + 2),
    covariance: Float64Array.of(at(0, 0), at(0, 1), at(1, 0), at(1, 1)),
    degrees: estimates.degrees.subarray(i, i + 2),
    floor: estimates.floor.subarray(i, i + 2),
    errors: estimates.errors.subarray(i, i + 2),
    standardErrors: estimates.standardErrors.subarray(i, i + 2),
  };
}
