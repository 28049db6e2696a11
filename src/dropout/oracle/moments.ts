import { toVector, type VectorLike } from '../../base/arrays.ts';
import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { RunError } from '../../base/outcome.ts';

/** The three moments of a network of linear neurons φ(x) = x that close under a step (docs/theory.md section 5). */
export interface LinearMoments {
  /** M = E (1/n)Σ x_i: also the mean prediction. */
  readonly mean: number;
  /** S = E (1/n)Σ x_i². */
  readonly secondMoment: number;
  /** P = E ((1/n)Σ x_i)²: the mean squared prediction. */
  readonly squaredMean: number;
}

/** Moments of `width` independent neurons of one law, from that law's mean and second moment (docs/theory.md section 5.1). */
export function momentsOfIndependentStart(options: {
  readonly width: number;
  readonly mean: number;
  readonly secondMoment: number;
}): LinearMoments {
  const width = checkInteger('width', options.width, { min: 1 });
  const mean = checkNumber('mean', options.mean);
  const secondMoment = checkSecondMoment('secondMoment', options.secondMoment, mean);
  return { mean, secondMoment, squaredMean: (secondMoment + (width - 1) * mean * mean) / width };
}

/** Moments of fixed neurons `points` (at least one), the same in every run. */
export function momentsOfPoints(points: VectorLike): LinearMoments {
  const x = toVector('points', points);
  if (x.length === 0) throw new ArgumentError('points', points, 'at least one point');
  let sum = 0;
  let squares = 0;
  for (const value of x) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / x.length;
  return { mean, secondMoment: squares / x.length, squaredMean: mean * mean };
}

/** Returns `moments` if some law has them: mean² ≤ squaredMean ≤ secondMoment, up to rounding. */
export function checkMoments(name: string, moments: LinearMoments): LinearMoments {
  if (typeof moments !== 'object' || moments === null)
    throw new ArgumentError(name, moments, '{ mean, secondMoment, squaredMean }');
  const mean = checkNumber(`${name}.mean`, moments.mean);
  const squaredMean = checkSecondMoment(`${name}.squaredMean`, moments.squaredMean, mean);
  const secondMoment = checkNumber(`${name}.secondMoment`, moments.secondMoment);
  if (secondMoment < squaredMean * (1 - SLACK))
    throw new ArgumentError(`${name}.secondMoment`, secondMoment, `at least squaredMean = ${squaredMean}`);
  return { mean, secondMoment, squaredMean };
}

/** Returns `moments` if they are numbers: for those that a recursion made, where rounding may break the inequalities. */
export function checkFiniteMoments(name: string, moments: LinearMoments): LinearMoments {
  return {
    mean: checkNumber(`${name}.mean`, moments.mean),
    secondMoment: checkNumber(`${name}.secondMoment`, moments.secondMoment),
    squaredMean: checkNumber(`${name}.squaredMean`, moments.squaredMean),
  };
}

/** Returns `value` if it is at least mean², up to rounding: what a second moment is. */
export function checkSecondMoment(name: string, value: unknown, mean: number): number {
  const checked = checkNumber(name, value);
  if (checked < mean * mean * (1 - SLACK)) throw new ArgumentError(name, value, `at least mean² = ${mean * mean}`);
  return checked;
}

/** What is thrown where exact moments overflow. */
export function momentsDiverged(time: number, steps: number): RunError {
  const message = 'the second moment overflowed; take a smaller learning rate, or a larger keep rate or active count';
  return new RunError({ code: 'diverged', time, steps, message });
}

// Rounding in a caller's own sums over n neurons stays far below this, relatively, for any n that fits in memory.
const SLACK = 1e-9;
