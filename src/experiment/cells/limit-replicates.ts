import { asMatrix } from '../../base/arrays.ts';
import { limit } from '../../dropout/limit/index.ts';
import type { Phase } from '../../dropout/phase/phase.ts';
import type { LearningTask } from '../../network/task.ts';
import type { Stream } from '../../random/stream.ts';
import { stream } from '../../random/stream.ts';
import { solveAsync } from '../../solve/solve.ts';
import type { Chunk } from '../run/chunks.ts';
import { type SchemeChoice, schemeNamed } from '../run/limit-scheme.ts';
import { buildTask, type TaskDescription } from '../task.ts';
import type { CellContext } from './cell.ts';
import { type ReplicatesResult, runReplicates } from './replicates.ts';

/** Some independent clouds of a limit in path space. */
export interface LimitReplicatesInput {
  readonly task: TaskDescription;
  readonly phase: Phase;
  readonly seed: number;
  readonly chunk: Chunk;
  /** N of each cloud; a multiple of the number of fixed neurons. */
  readonly particles: number;
  readonly scheme: SchemeChoice;
  readonly until: number;
}

/** Cloud i is a function of the seed and i alone: its stream is stream(seed).split('cloud', i). */
export async function limitReplicates(
  input: LimitReplicatesInput,
  context: CellContext = {},
): Promise<ReplicatesResult> {
  const task = buildTask(input.task);
  const process = limit(input.phase, task, { team: context.team });
  const { particles, until, seed } = input;
  return runReplicates(task, input.chunk, context, async (replicate) => {
    const rng = stream(seed).split('cloud', replicate);
    const start = startCloud(task, particles, rng.split('start'));
    const begin = performance.now();
    const { outcome, final, finalStatistic } = await solveAsync(process, {
      initial: asMatrix(start, particles, task.neuron.dimension),
      until,
      scheme: schemeNamed(input.scheme),
      rng: rng.split('solve'),
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    const seconds = (performance.now() - begin) / 1000;
    return { outcome, particles: final.data, count: particles, predictions: finalStatistic, seconds };
  });
}

/** N independent draws, or, for a fixed start, N/k copies of each of its k points: then the start has no error at all. */
function startCloud({ initial }: LearningTask, count: number, rng: Stream): Float64Array {
  const cloud = new Float64Array(count * initial.dimension);
  if (initial.points === undefined) initial.sampleInto(rng, count, cloud);
  else for (let at = 0; at < cloud.length; at += initial.points.data.length) cloud.set(initial.points.data, at);
  return cloud;
}
