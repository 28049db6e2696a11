import { RunError } from '../../base/outcome.ts';
import type { LearningTask } from '../../network/index.ts';
import type { MaskSource } from './masks.ts';
import type { TrainOptions, TrainResult } from './options.ts';
import { prepareRun } from './prepare.ts';
import { TrainingRun } from './run.ts';

/** How long `trainAsync` works before it lets other code run, in milliseconds. */
const SLICE = 30;

/**
 * Trains a finite network by (a variant of) dropout gradient descent in the mean-field scaling (docs/theory.md sections
 * 1 and 9). Only active neurons are touched where the variant allows: O(qnmp) expected a step for dropout, random
 * geometry and independent masks, O(nmp) for the others. A step allocates nothing.
 *
 * Memory: 8p bytes a neuron for the particles, 4 for each mask that the variant draws, and up to 8m (16m for softplus, erf and GELU) for
 * the responses of the neurons at work, of which all together at most 1 GiB are kept, a thread: 10⁷ neurons with p = 9 take 1.3 GB for
 * m = 4 and 2 GB for m = 128, that is 120 to 190 bytes a neuron.
 *
 * A run that diverges ends with `outcome.code === 'diverged'` and the step; it never returns NaN.
 */
export function train<T = undefined>(task: LearningTask, options: TrainOptions<T>): TrainResult<T> {
  return trainWithMasks(task, options);
}

/** As `train`, with masks from elsewhere: for couplings. */
export function trainWithMasks<T = undefined>(
  task: LearningTask,
  options: TrainOptions<T>,
  masks?: MaskSource,
): TrainResult<T> {
  const run = new TrainingRun(prepareRun(task, options, masks));
  run.advance(Number.POSITIVE_INFINITY);
  return finish(run, options);
}

/** As `train`, but lets other code run in between, so that `signal` can be fired from anywhere. The same numbers. */
export async function trainAsync<T = undefined>(task: LearningTask, options: TrainOptions<T>): Promise<TrainResult<T>> {
  const run = new TrainingRun(prepareRun(task, options));
  while (!run.advance(SLICE)) await new Promise((resume) => setTimeout(resume, 0));
  return finish(run, options);
}

function finish<T>(run: TrainingRun<T>, options: TrainOptions<T>): TrainResult<T> {
  const result = run.result();
  if (options.throwOnFailure === true && result.outcome.code !== 'completed') throw new RunError(result.outcome);
  return result;
}
