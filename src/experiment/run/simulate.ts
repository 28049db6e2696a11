import { checkInteger, checkNumber, checkOneOf } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { stepsWithin } from '../../dropout/train/prepare.ts';
import { VARIANTS, type Variant } from '../../dropout/variant.ts';
import type { Executor } from '../executor/executor.ts';
import type { Experiment } from '../experiment.ts';
import { chunksOf } from './chunks.ts';
import { type Collected, collect } from './collect.ts';
import { startsAtRandom } from './random-start.ts';
import { shareDescription } from './share.ts';

export interface SimulateOptions {
  /** n. Default and only choice for a fixed start: the number of fixed neurons. */
  readonly width?: number | undefined;
  /** τ > 0, mean-field time a step. */
  readonly learningRate: number;
  /** q in (0, 1]. */
  readonly keepRate: number;
  /** Default `dropout`. */
  readonly variant?: Variant | undefined;
  /** Samples a step. Default: all. */
  readonly batchSize?: number | undefined;
  /** Independent runs. Default 100, or 1 if nothing in a run is random. */
  readonly replicates?: number | undefined;
  /** Default: the experiment's. It draws the runs, not the data. */
  readonly seed?: number | undefined;
}

/** Observables at the end of training, over independent replicates. */
export interface SimulateResult extends Collected {
  readonly replicates: number;
}

/** A simulation that is checked and ready to run. */
export interface SimulatePlan {
  readonly width: number;
  readonly learningRate: number;
  readonly keepRate: number;
  readonly variant: Variant;
  /** Undefined for full batch. */
  readonly batchSize: number | undefined;
  readonly replicates: number;
  readonly seed: number;
  readonly steps: number;
  /** Whether all replicates are the same. */
  readonly deterministic: boolean;
  /** About how many multiplications it will take. */
  readonly multiplications: number;
  /** How many of them a pass over the neurons of one step takes. */
  readonly multiplicationsAtOnce: number;
}

/** Numbers of a cloud that a run may hold: 2 GB of them. */
export const MOST_NUMBERS = 2 ** 28;

/** Checks the options against the experiment and fills in the defaults. Throws an ArgumentError; does no work. */
export function planSimulation(experiment: Experiment, options: SimulateOptions): SimulatePlan {
  const { task, horizon, fixedNeurons } = experiment;
  const { dimension, samples } = task.neuron;
  const width = checkInteger('width', options.width ?? fixedNeurons, {
    min: 1,
    max: Math.floor(MOST_NUMBERS / Math.max(dimension, 1)),
  });
  if (fixedNeurons !== undefined && width !== fixedNeurons)
    throw new ArgumentError('width', width, `${fixedNeurons}, the number of initial.points, or left out`);
  const learningRate = checkNumber('learningRate', options.learningRate, { above: 0 });
  const keepRate = checkNumber('keepRate', options.keepRate, { above: 0, max: 1 });
  const variant = checkOneOf('variant', options.variant ?? 'dropout', VARIANTS);
  const batchSize = options.batchSize ?? samples;
  checkInteger('batchSize', batchSize, { min: 1, max: samples });
  const steps = stepsWithin(horizon, learningRate);
  if (steps < 1 || !Number.isSafeInteger(steps))
    throw new ArgumentError(
      'learningRate',
      learningRate,
      `such that horizon / learningRate (${horizon}) rounds to a number of steps of at least 1 and below 2⁵³`,
    );
  const masked = variant !== 'none' && keepRate < 1;
  const deterministic = !startsAtRandom(task) && !masked && batchSize === samples;
  const replicates = checkInteger('replicates', options.replicates ?? (deterministic ? 1 : 100), { min: 1 });
  const touched = variant === 'propagation-noise' || variant === 'none' ? 1 : keepRate;
  return {
    width,
    learningRate,
    keepRate,
    variant,
    batchSize: batchSize === samples ? undefined : batchSize,
    replicates,
    seed: options.seed ?? experiment.seed,
    steps,
    deterministic,
    multiplicationsAtOnce: width * touched * batchSize * dimension,
    multiplications: replicates * (steps * width * touched * batchSize + width * samples) * 2 * dimension,
  };
}

/**
 * Trains independent replicates of a finite network and summarizes them at their end. Replicate i depends on the seed and i
 * alone and chunks are merged in order: the result has the same bits (but for `seconds`) whatever the executor.
 *
 * Throws a `ReplicateError` if a run diverges.
 */
export async function simulate(
  experiment: Experiment,
  plan: SimulatePlan,
  executor: Executor,
  options: { signal?: AbortSignal | undefined; progress?: ((fraction: number) => void) | undefined } = {},
): Promise<SimulateResult> {
  const { seed, width, learningRate, keepRate, variant, batchSize, replicates, deterministic } = plan;
  const task = shareDescription(experiment.description);
  const { horizon } = experiment;
  const inputs = chunksOf(replicates).map((chunk) => ({
    task,
    seed,
    chunk,
    width,
    learningRate,
    keepRate,
    variant,
    batchSize,
    horizon,
  }));
  const results = await executor.run('simulate-replicates', inputs, {
    signal: options.signal,
    progress: (done, total) => options.progress?.(done / total),
  });
  const { time, steps, seconds, ...observables } = collect(experiment.task, results, deterministic);
  return { time, steps, replicates, ...observables, seconds };
}
