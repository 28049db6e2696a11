import { checkInteger, checkOneOf } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { Representation } from '../../dropout/distribution/representation.ts';
import { cloudSize, limit } from '../../dropout/limit/index.ts';
import type { Phase } from '../../dropout/phase/phase.ts';
import { risk } from '../../network/risk.ts';
import type { LearningTask } from '../../network/task.ts';
import type { Executor } from '../executor/executor.ts';
import type { Experiment } from '../experiment.ts';
import { chunksOf } from './chunks.ts';
import { type Collected, collect } from './collect.ts';
import { affordableClouds, affordableParticles, cloudCost, samplesPartners } from './limit-cost.ts';
import { planDistributionLimit, runDistributionLimit } from './limit-distribution.ts';
import { chooseScheme, type SchemeChoice } from './limit-scheme.ts';
import type { ObservableSummaries } from './observables.ts';
import { startsAtRandom } from './random-start.ts';
import { shareDescription } from './share.ts';
import { MOST_NUMBERS } from './simulate.ts';

export const SPACES = ['path', 'distribution'] as const;

export interface LimitOptions {
  readonly phase: Phase;
  /** Clouds of particles, or the law itself by its evolution equation. Default `path`. */
  readonly space?: (typeof SPACES)[number] | undefined;
  /**
   * Particles of a cloud; rounded up to a multiple of the number of fixed neurons. Default: by cost, 256 to 4096. In distribution
   * space nodes, cells or particles. Default: see `defaultRepresentation`.
   */
  readonly particles?: number | undefined;
  /** Independent clouds. Default: by cost, 10 to 32, or 1 if nothing is random. In distribution space 8 (4 on a grid), or 1. */
  readonly replicates?: number | undefined;
  /** Default: exact in time for the jump phases, `rk4` for the flows; in distribution space see DISTRIBUTION_SCHEMES. */
  readonly scheme?: string | undefined;
  /** Mean-field time a step, for schemes that have one. Default: at most 0.05 (0.1 for the penalized flow of other losses than the squared). */
  readonly step?: number | undefined;
  /** Default: the experiment's. It draws the clouds, not the data. */
  readonly seed?: number | undefined;
}

/**
 * Observables at the horizon, over independent clouds of particles; risk and squared mean are those of all clouds together. In
 * distribution space standard errors are estimates of the whole error, deterministic parts included.
 */
export interface LimitResult extends Collected {
  /** Particles of each cloud; in distribution space nodes, cells or particles. */
  readonly particles: number;
}

/** A limit that is checked and ready to be solved. */
export interface LimitPlan {
  readonly space: (typeof SPACES)[number];
  readonly phase: Phase;
  readonly particles: number;
  readonly replicates: number;
  readonly scheme: SchemeChoice;
  readonly until: number;
  readonly seed: number;
  /** Whether all clouds are the same. */
  readonly deterministic: boolean;
  /** About how many multiplications it will take. */
  readonly multiplications: number;
  /** In distribution space: the form of the law. */
  readonly representation?: Representation;
}

/** Checks the options against the experiment and fills in the defaults. Throws an ArgumentError; does no work. */
export function planLimit(experiment: Experiment, options: LimitOptions): LimitPlan {
  const { task, fixedNeurons } = experiment;
  const { phase } = options;
  const until = endTime(phase, experiment.horizon);
  if (checkOneOf('space', options.space ?? 'path', SPACES) === 'distribution')
    return planDistributionLimit(experiment, options, until);
  const largest = samplesPartners(phase, task) ? 0.1 : 0.05;
  const scheme = chooseScheme(phase, limit(phase, task), { until, largest }, options);
  const deterministic = !startsAtRandom(task) && !movesAtRandom(phase);
  const cost = cloudCost(phase, task, until, scheme);
  // Copies of a fixed start that moves deterministically stay copies: one of each will do.
  const usual = deterministic ? (fixedNeurons ?? 1) : affordableParticles(cost);
  const most = Math.floor(MOST_NUMBERS / task.neuron.dimension);
  const asked = checkInteger('particles', options.particles ?? usual, { min: 1, max: most });
  const particles = cloudSize(task.initial, asked);
  const clouds = deterministic ? 1 : affordableClouds(cost, particles);
  const replicates = checkInteger('replicates', options.replicates ?? clouds, { min: 1 });
  return {
    space: 'path',
    phase,
    particles,
    replicates,
    scheme,
    until,
    seed: options.seed ?? experiment.seed,
    deterministic,
    multiplications: replicates * (particles * cost.perParticle + cost.perCloud),
  };
}

/**
 * Solves a limit: in distribution space as `runDistributionLimit` says, in path space by independent clouds of particles and summarizes them at the horizon. Particles of one cloud
 * depend on each other through the mean field, clouds do not: so errors come from the spread between clouds. Cloud i is a
 * function of the seed and i alone.
 *
 * Throws a `ReplicateError` if a cloud diverges.
 */
export async function runLimit(
  experiment: Experiment,
  plan: LimitPlan,
  executor: Executor,
  options: { signal?: AbortSignal | undefined; progress?: ((fraction: number) => void) | undefined } = {},
): Promise<LimitResult> {
  const { phase, particles, replicates, scheme, until, seed, deterministic, representation } = plan;
  if (representation !== undefined)
    return runDistributionLimit(experiment, { ...plan, representation }, executor, options);
  const task = shareDescription(experiment.description);
  const inputs = chunksOf(replicates).map((chunk) => ({ task, phase, seed, chunk, particles, scheme, until }));
  const results = await executor.run('limit-replicates', inputs, {
    signal: options.signal,
    progress: (done, total) => options.progress?.(done / total),
  });
  const { time, steps, seconds, ...observables } = collect(experiment.task, results, deterministic);
  return { time, steps, particles, ...together(experiment.task, observables), seconds };
}

/**
 * Risk and squared mean of all clouds together. Means over the clouds would be too large by the variance of one cloud, of order
 * 1/N, which standard errors do not show; this leaves a bias 1/R of that.
 */
function together(task: LearningTask, observables: ObservableSummaries): ObservableSummaries {
  const { predictions, neuron } = observables;
  return {
    predictions,
    risk: { ...observables.risk, mean: [risk(task, Float64Array.from(predictions.mean))] },
    neuron: { ...neuron, squaredMean: { ...neuron.squaredMean, mean: neuron.mean.mean.map((mean) => mean * mean) } },
  };
}

/** The Bernoulli limit makes round(horizon / τ) steps, as a network does; the others end at the horizon. */
function endTime(phase: Phase, horizon: number): number {
  if (phase.id !== 'bernoulli-jump') return horizon;
  const steps = Math.round(horizon / phase.learningRate);
  if (steps < 1)
    throw new ArgumentError(
      'learningRate',
      phase.learningRate,
      `such that horizon / learningRate (${horizon}) rounds to at least 1`,
    );
  return steps * phase.learningRate;
}

/** Whether a limit neuron moves at random: the flows do not. */
function movesAtRandom(phase: Phase): boolean {
  if (phase.id === 'gradient-flow' || phase.id === 'penalized-flow') return false;
  return phase.id !== 'bernoulli-jump' || phase.keepRate < 1;
}
