import { checkNumber } from '../base/check.ts';
import { studentQuantile } from '../base/special/student.ts';

/** A closed interval `[low, high]`; an end may be infinite when the data do not bound it. */
export type Interval = readonly [number, number];

/** An estimated number with its uncertainty. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  /** Degrees of freedom of the standard error: that of Student's law for value/standardError. Infinity if it is known. */
  readonly degrees: number;
  /** A bound on the bias of `value` from other sources, e.g. of the reference; it widens every interval. Default 0. */
  readonly systematic?: number;
}

/**
 * value ± t·standardError (± systematic), with t the quantile of Student's law.
 *
 * Assumes that the estimate is approximately normal and its squared standard error approximately chi-square with
 * `degrees` degrees of freedom (docs/theory.md 10.2).
 *
 * @param confidence - coverage probability in (0, 1), default 0.95
 */
export function confidenceInterval(estimate: Estimate, confidence = 0.95): Interval {
  checkNumber('confidence', confidence, { above: 0, below: 1 });
  const half = halfWidth(estimate, (1 - confidence) / 2);
  return [estimate.value - half, estimate.value + half];
}

/** The distance of a one-sided confidence bound with error probability `tail` from the estimate. */
export function halfWidth(estimate: Estimate, tail: number): number {
  const { standardError, degrees, systematic = 0 } = estimate;
  return (standardError === 0 ? 0 : -studentQuantile(tail, degrees) * standardError) + systematic;
}
