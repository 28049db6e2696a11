import { limit, limitScheme, type Phase, phaseScaling, stepsWithin, train } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import { solve } from '../../solve/index.ts';
import type { Rows } from './invariance.ts';

/** What a limit is solved for. */
export interface LimitRun {
  /** The particles, or how many to draw from the task's initial law. */
  readonly start: Rows | number;
  /** Mean-field time. */
  readonly horizon: number;
  readonly rng: Stream;
  /** Whether runs with the same `rng` are to follow the same clocks, so that their difference is small. Default false. */
  readonly coupled?: boolean;
}

/** Solves the limit of a phase: the predictions F(μ_T), length m. */
export type LimitSolver = (phase: Phase, task: LearningTask, run: LimitRun) => ArrayLike<number>;

/** Trains a finite network of a width along a phase: its predictions at the horizon, length m. */
export type FiniteNetworkRun = (
  phase: Phase,
  task: LearningTask,
  run: { readonly width: number; readonly horizon: number; readonly rng: Stream },
) => ArrayLike<number>;

/**
 * This library's limits in path space: flows by rk4 with steps of 1/8, jumps on their own clocks. Runs with the same `rng` share
 * their starts, and coupled ones the Poisson clocks. Throws if a run fails.
 */
export const pathLimit: LimitSolver = (phase, task, { start, horizon, rng, coupled = false }) => {
  const discrete = phase.id === 'bernoulli-jump';
  const { finalStatistic } = solve(limit(phase, task), {
    initial: typeof start === 'number' ? { count: start, law: task.initial } : start.map((row) => [...row]),
    until: discrete ? stepsWithin(horizon, phase.learningRate) * phase.learningRate : horizon,
    scheme: limitScheme(phase, 1 / 8),
    rng,
    noise: coupled && !discrete ? 'common' : 'fresh',
    throwOnFailure: true,
  });
  return finalStatistic;
};

/** This library's dropout along the phase's default power law (`phaseScaling`). Throws if a run fails. */
export const dropoutAlongPhase: FiniteNetworkRun = (phase, task, { width, horizon, rng }) => {
  const rates = phaseScaling(phase)(width);
  const fixed = task.initial.points === undefined ? {} : { start: drawnStart(task, width, rng) };
  return train(task, { width, ...rates, ...fixed, horizon, rng, throwOnFailure: true }).predictions;
};

/** A start of any width from a law of fixed points: each neuron is one of them at random. */
function drawnStart(task: LearningTask, width: number, rng: Stream): number[][] {
  const p = task.neuron.dimension;
  const rows = new Float64Array(width * p);
  task.initial.sampleInto(rng.split('start'), width, rows);
  return Array.from({ length: width }, (_, i) => [...rows.subarray(i * p, (i + 1) * p)]);
}
