import { toRowMajor, toVector } from '../../base/arrays.ts';
import { checkInteger, checkNumber, checkOneOf } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { LearningTask, Team } from '../../network/index.ts';
import { VARIANTS, type Variant } from '../variant.ts';
import { bernoulliMasks, type MaskSource } from './masks.ts';
import { FiniteNetwork } from './network.ts';
import type { TrainOptions } from './options.ts';
import type { RunPlan } from './run.ts';
import { VARIANT_STEPS } from './variants.ts';

/** Checks the options of a run and lays it out. Nothing is drawn before all are checked. */
export function prepareRun<T>(task: LearningTask, options: TrainOptions<T>, masks?: MaskSource): RunPlan<T> {
  const learningRate = checkNumber('learningRate', options.learningRate, { above: 0 });
  const keepRate = checkNumber('keepRate', options.keepRate, { above: 0, max: 1 });
  const variant: Variant = checkOneOf('variant', options.variant ?? 'dropout', VARIANTS);
  const m = task.neuron.samples;
  const batchSize = checkInteger('batchSize', options.batchSize ?? m, { min: 1, max: m });
  const steps = stepCount(options, learningRate);
  const saveSteps = stepsToSave(options, learningRate, steps);
  const particles = startOf(task, options);
  const network = new FiniteNetwork(task, particles, learningRate, keepRate, options.team);
  const { step, masks: masksPerStep } = VARIANT_STEPS[variant];
  return {
    network,
    step: step(network),
    masksPerStep,
    masks: masks ?? bernoulliMasks(options.rng, network.width, keepRate),
    steps,
    batchSize,
    batches: options.rng.split('batch'),
    saveSteps,
    save: options.save,
    progress: options.progress,
    signal: options.signal,
  };
}

/** The number of steps of exactly τ that a horizon is rounded to. */
export function stepsWithin(horizon: number, learningRate: number): number {
  return Math.round(horizon / learningRate);
}

function stepCount<T>({ steps, horizon }: TrainOptions<T>, learningRate: number): number {
  if ((steps === undefined) === (horizon === undefined))
    throw new ArgumentError('steps', steps, 'given, or horizon, but not both');
  if (steps !== undefined) return checkInteger('steps', steps, { min: 0 });
  const count = stepsWithin(checkNumber('horizon', horizon, { min: 0 }), learningRate);
  if (!Number.isSafeInteger(count)) throw new ArgumentError('horizon', horizon, 'below 2⁵³ learning rates');
  return count;
}

function stepsToSave<T>({ saveAt }: TrainOptions<T>, learningRate: number, steps: number): Int32Array {
  if (saveAt === undefined) return new Int32Array(0);
  const times = toVector('saveAt', saveAt);
  return Int32Array.from(times, (time, i) => {
    const step = Math.round(time / learningRate);
    if (step < 0 || step > steps)
      throw new ArgumentError(`saveAt[${i}]`, time, `in [0, ${steps * learningRate}], the time of the run`);
    if (i > 0 && time < times[i - 1]!) throw new ArgumentError(`saveAt[${i}]`, time, `at least saveAt[${i - 1}]`);
    return step;
  });
}

function startOf<T>(task: LearningTask, options: TrainOptions<T>): Float64Array {
  const p = task.neuron.dimension;
  const given = options.start !== undefined ? toRowMajor('start', options.start) : undefined;
  const fixed = given ?? task.initial.points;
  if (fixed !== undefined) {
    if (fixed.rows === 0 || fixed.columns !== p)
      throw new ArgumentError('start', `[${fixed.rows}, ${fixed.columns}]`, `of shape [n, ${p}] with n ≥ 1`);
    if (options.width !== undefined && options.width !== fixed.rows)
      throw new ArgumentError('width', options.width, `${fixed.rows}, the number of fixed neurons, or left out`);
    // What was given has just been copied: a second copy would be needless.
    if (given !== undefined && options.team === undefined) {
      checkWidth(given.rows, p);
      return given.data;
    }
    const particles = newParticles(fixed.rows, p, options.team);
    particles.set(fixed.data);
    return particles;
  }
  const width = checkInteger('width', options.width, { min: 1, max: 2 ** 31 - 1 });
  const particles = newParticles(width, p, options.team);
  task.initial.sampleInto(options.rng.split('start'), width, particles);
  return particles;
}

/** Kernels have 32-bit indices. */
const MOST_NUMBERS = 2 ** 31 - 1;

function newParticles(width: number, p: number, team: Team | undefined): Float64Array {
  checkWidth(width, p);
  return team === undefined ? new Float64Array(width * p) : team.allocate(width * p);
}

/** Kernels have 32-bit indices. */
export function checkWidth(width: number, p: number): void {
  if (width * p > MOST_NUMBERS)
    throw new ArgumentError('width', width, `at most ${Math.floor(MOST_NUMBERS / p)} for neurons of ${p} parameters`);
}
