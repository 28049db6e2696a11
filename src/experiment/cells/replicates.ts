import { threadId } from 'node:worker_threads';
import type { Outcome } from '../../base/outcome.ts';
import type { LearningTask } from '../../network/task.ts';
import type { Chunk } from '../run/chunks.ts';
import { addToMoments, type Moments } from '../run/moments.ts';
import { emptyObservables, observableCount, observablesInto } from '../run/observables.ts';
import type { CellContext } from './cell.ts';
import { turns } from './turns.ts';

/** The end of one replicate. */
export interface ReplicateEnd {
  readonly outcome: Outcome;
  /** `[count, p]`, row-major. */
  readonly particles: ArrayLike<number>;
  readonly count: number;
  /** Length m. */
  readonly predictions: Float64Array;
  /** Wall time of its steps. */
  readonly seconds: number;
}

/** What a chunk of replicates gives. */
export interface ReplicatesResult {
  readonly moments: Moments;
  /** Wall time of the steps of all its replicates, one after another. */
  readonly seconds: number;
  /** The thread they ran on; 0 is the main one. */
  readonly thread: number;
  /** Of the first replicate. */
  readonly steps: number;
  readonly time: number;
  /** The first replicate that did not complete; those after it were not run. */
  readonly failure?: { readonly replicate: number; readonly outcome: Outcome };
}

/** Runs the replicates of a chunk one after another and collects the moments of their observables. */
export async function runReplicates(
  task: LearningTask,
  { first, count }: Chunk,
  { signal }: CellContext,
  runOne: (replicate: number) => Promise<ReplicateEnd>,
): Promise<ReplicatesResult> {
  const moments = emptyObservables(task);
  const values = new Float64Array(observableCount(task));
  let seconds = 0;
  let steps = 0;
  let time = 0;
  const takeTurns = turns(signal);
  for (let replicate = first; replicate < first + count; replicate++) {
    const end = await runOne(replicate);
    signal?.throwIfAborted();
    seconds += end.seconds;
    if (replicate === first) ({ steps, time } = end.outcome);
    if (end.outcome.code === 'completed') observablesInto(task, end.particles, end.count, end.predictions, values);
    const outcome = failureOf(end.outcome, values);
    if (outcome !== undefined)
      return { moments, seconds, thread: threadId, steps, time, failure: { replicate, outcome } };
    addToMoments(moments, values);
    await takeTurns();
  }
  return { moments, seconds, thread: threadId, steps, time };
}

function failureOf(outcome: Outcome, values: Float64Array): Outcome | undefined {
  if (outcome.code !== 'completed') return outcome;
  if (values.every(Number.isFinite)) return undefined;
  return {
    ...outcome,
    code: 'diverged',
    message: `risk or moments are too large for a number at step ${outcome.steps}`,
  };
}
