import { trainAsync } from '../../dropout/train/train.ts';
import type { Variant } from '../../dropout/variant.ts';
import { stream } from '../../random/stream.ts';
import type { Chunk } from '../run/chunks.ts';
import { buildTask, type TaskDescription } from '../task.ts';
import type { CellContext } from './cell.ts';
import { type ReplicatesResult, runReplicates } from './replicates.ts';

/** Some replicates of training at finite width. */
export interface SimulateReplicatesInput {
  readonly task: TaskDescription;
  readonly seed: number;
  readonly chunk: Chunk;
  readonly width: number;
  readonly learningRate: number;
  readonly keepRate: number;
  readonly variant: Variant;
  /** Undefined for full batch. */
  readonly batchSize?: number | undefined;
  readonly horizon: number;
}

/** Replicate i is a function of the seed and i alone: its stream is stream(seed).split('replicate', i). */
export async function simulateReplicates(
  input: SimulateReplicatesInput,
  context: CellContext = {},
): Promise<ReplicatesResult> {
  const task = buildTask(input.task);
  const { width, learningRate, keepRate, variant, batchSize, horizon } = input;
  const root = stream(input.seed);
  return runReplicates(task, input.chunk, context, async (replicate) => {
    const result = await trainAsync(task, {
      width,
      learningRate,
      keepRate,
      variant,
      ...(batchSize === undefined ? {} : { batchSize }),
      horizon,
      rng: root.split('replicate', replicate),
      ...(context.signal === undefined ? {} : { signal: context.signal }),
      ...(context.team === undefined ? {} : { team: context.team }),
    });
    const { outcome, predictions, seconds } = result;
    return { outcome, particles: result.particles.data, count: width, predictions, seconds };
  });
}
