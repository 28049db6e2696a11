import { risk } from '../../network/risk.ts';
import type { LearningTask } from '../../network/task.ts';
import { emptyMoments, type Moments } from './moments.ts';

/** Mean over independent runs, with its standard error and the standard deviation of one run; one entry per component. */
export interface Summary {
  readonly mean: readonly number[];
  /** Of the mean. Null for a single random run, whose error can't be known. */
  readonly standardError: readonly (number | null)[];
  /** Of one run. Null for a single random run. */
  readonly standardDeviation: readonly (number | null)[];
}

/** What every run is asked at its end. */
export interface ObservableSummaries {
  /** Outputs of the network, one per training input. */
  readonly predictions: Summary;
  /** A single entry. */
  readonly risk: Summary;
  /** One entry per coordinate of a neuron. */
  readonly neuron: {
    /** Of (1/n) Σ x_i. */
    readonly mean: Summary;
    /** Of (1/n) Σ x_i². */
    readonly secondMoment: Summary;
    /** Of ((1/n) Σ x_i)². */
    readonly squaredMean: Summary;
  };
}

/** The length of the vector of all observables: m predictions, the risk, and three numbers per coordinate. */
export function observableCount({ neuron }: LearningTask): number {
  return neuron.samples + 1 + 3 * neuron.dimension;
}

/** Moments of no runs yet. */
export function emptyObservables(task: LearningTask): Moments {
  return emptyMoments(observableCount(task));
}

/**
 * Writes predictions, risk, and mean, second moment and squared mean of the particles one after the other into `out`.
 *
 * @param particles - `[count, p]`, row-major
 * @param predictions - of these particles, length m
 */
export function observablesInto(
  task: LearningTask,
  particles: ArrayLike<number>,
  count: number,
  predictions: Float64Array,
  out: Float64Array,
): void {
  const { samples, dimension } = task.neuron;
  out.set(predictions);
  out[samples] = risk(task, predictions);
  const means = out.subarray(samples + 1, samples + 1 + dimension).fill(0);
  const seconds = out.subarray(samples + 1 + dimension, samples + 1 + 2 * dimension).fill(0);
  for (let i = 0, read = 0; i < count; i++)
    for (let k = 0; k < dimension; k++, read++) {
      const x = particles[read]!;
      means[k]! += x;
      seconds[k]! += x * x;
    }
  for (let k = 0; k < dimension; k++) {
    means[k]! /= count;
    seconds[k]! /= count;
    out[samples + 1 + 2 * dimension + k] = means[k]! * means[k]!;
  }
}

/** The moments of all runs as summaries; with one run, errors are 0 if it is deterministic and unknown (null) otherwise. */
export function summarize({ neuron }: LearningTask, moments: Moments, deterministic: boolean): ObservableSummaries {
  const { samples: m, dimension: p } = neuron;
  const part = (from: number, length: number) => summaryOf(moments, from, length, deterministic);
  return {
    predictions: part(0, m),
    risk: part(m, 1),
    neuron: { mean: part(m + 1, p), secondMoment: part(m + 1 + p, p), squaredMean: part(m + 1 + 2 * p, p) },
  };
}

function summaryOf({ count, mean, squares }: Moments, from: number, length: number, deterministic: boolean): Summary {
  const deviation = Array.from(squares.subarray(from, from + length), (sum) => {
    if (count > 1) return Math.sqrt(Math.max(0, sum) / (count - 1));
    return deterministic ? 0 : null;
  });
  return {
    mean: [...mean.subarray(from, from + length)],
    standardError: deviation.map((each) => (each === null ? null : each / Math.sqrt(count))),
    standardDeviation: deviation,
  };
}
