import * as fc from 'fast-check';
import type { LearningTask } from '../../network/index.ts';
import { points } from './points.ts';
import { largestDimension, type TaskConstraints, tasks } from './tasks.ts';

/** A task with a network for it: its neurons as rows `[n][p]`. */
export interface Network {
  readonly task: LearningTask;
  readonly neurons: readonly (readonly number[])[];
}

/** Options of `networks`. */
export interface NetworkConstraints extends TaskConstraints {
  /** n. Default 1 … 6. */
  readonly minWidth?: number;
  readonly maxWidth?: number;
  /** Each coordinate of a neuron. Default: in [-2, 2]. */
  readonly coordinate?: fc.Arbitrary<number>;
}

/** Networks at given neurons. */
export function networks(constraints: NetworkConstraints = {}): fc.Arbitrary<Network> {
  const { minWidth = 1, maxWidth = Math.max(6, minWidth), coordinate } = constraints;
  const rows = points({
    dimension: largestDimension(constraints),
    minCount: minWidth,
    maxCount: maxWidth,
    ...(coordinate ? { coordinate } : {}),
  });
  return fc
    .tuple(tasks(constraints), rows)
    .map(([task, drawn]) => ({ task, neurons: drawn.map((row) => row.slice(0, task.neuron.dimension)) }));
}
