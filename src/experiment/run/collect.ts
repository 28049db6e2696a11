import type { LearningTask } from '../../network/task.ts';
import type { ReplicatesResult } from '../cells/replicates.ts';
import { ReplicateError } from './failure.ts';
import { mergeMoments } from './moments.ts';
import { emptyObservables, type ObservableSummaries, summarize } from './observables.ts';

/** What all replicates give together. */
export interface Collected extends ObservableSummaries {
  /** Wall time of the steps alone: of the thread that spent most on them. */
  readonly seconds: number;
  readonly time: number;
  readonly steps: number;
}

/** Puts the chunks of a run together, in their order. Throws a `ReplicateError` for the first replicate that failed. */
export function collect(task: LearningTask, chunks: readonly ReplicatesResult[], deterministic: boolean): Collected {
  const moments = emptyObservables(task);
  const busy = new Map<number, number>();
  for (const chunk of chunks) {
    if (chunk.failure !== undefined) throw new ReplicateError(chunk.failure.replicate, chunk.failure.outcome);
    mergeMoments(moments, chunk.moments);
    busy.set(chunk.thread, (busy.get(chunk.thread) ?? 0) + chunk.seconds);
  }
  const { time, steps } = chunks[0]!;
  return {
    time,
    steps,
    ...summarize(task, moments, deterministic),
    seconds: Math.max(...busy.values()),
  };
}
