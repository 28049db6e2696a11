import { type LearningTask, risk } from '../../network/index.ts';

/** What one looks at in a network or a cloud of limit particles, as numbers (docs/theory.md section 1). */
export interface CloudSummary {
  /** F at the training inputs, length m. */
  readonly predictions: Float64Array;
  /** R(F). */
  readonly risk: number;
  /** (1/n) Σ x_i by coordinate, length p. */
  readonly mean: Float64Array;
  /** (1/n) Σ x_i² by coordinate, length p. */
  readonly secondMoment: Float64Array;
}

/** Summarizes the `count` rows of `particles`, whose predictions the caller has. O(np). */
export function summarizeCloud(
  task: LearningTask,
  particles: Float64Array,
  count: number,
  predictions: Float64Array,
): CloudSummary {
  const p = task.neuron.dimension;
  const mean = new Float64Array(p);
  const secondMoment = new Float64Array(p);
  for (let i = 0, read = 0; i < count; i++)
    for (let k = 0; k < p; k++, read++) {
      const x = particles[read]!;
      mean[k]! += x;
      secondMoment[k]! += x * x;
    }
  for (let k = 0; k < p; k++) {
    mean[k]! /= count;
    secondMoment[k]! /= count;
  }
  return { predictions: predictions.slice(), risk: risk(task, predictions), mean, secondMoment };
}
