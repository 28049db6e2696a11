import * as fc from 'fast-check';
import type { SequentialResult } from '../../convergence/index.ts';
import { type Phase, phaseBernoulliJump } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import { networks } from '../arbitraries/networks.ts';
import { positives, reals } from '../arbitraries/numbers.ts';
import { streams } from '../arbitraries/streams.ts';
import { type TaskConstraints, tasks } from '../arbitraries/tasks.ts';
import { expectClose, type Tolerance } from '../violation.ts';
import { TAME } from './convergence-to-limit.ts';
import { gradientDescent } from './gradient-descent.ts';
import { networkPredictions, type Rows } from './invariance.ts';
import { type LimitSolver, pathLimit } from './limits.ts';
import { distanceOf, expectVanishing, type VanishingOptions } from './vanishing.ts';

/** A phase with a parameter, and the phase that it turns into as the parameter goes to its end. */
export interface PhaseBoundary {
  /** e.g. `α → 0: poisson-jump to gradient-flow` */
  readonly name: string;
  readonly phaseAt: (parameter: number) => Phase;
  readonly neighbour: Phase;
  /** Parameters between which the difference must vanish. */
  readonly from: number;
  readonly to: number;
}

/** Options of `expectBoundary`. */
export interface BoundaryOptions extends Partial<VanishingOptions> {
  readonly rng: Stream;
  /** Default 1. */
  readonly horizon?: number;
  /** N; both phases start from the same ones. Default 32. */
  readonly particles?: number;
}

/** Predictions of a phase approach those of its neighbour as the parameter goes to its end. A sequential test, see `expectVanishing`. */
export function expectBoundary(
  boundary: PhaseBoundary,
  task: LearningTask,
  options: BoundaryOptions,
  solver: LimitSolver = pathLimit,
): Promise<SequentialResult> {
  const { horizon = 1, particles = 32 } = options;
  return expectVanishing(
    boundary.name,
    (parameter, rng) => {
      const run = { start: particles, horizon, rng, coupled: true };
      return distanceOf(solver(boundary.phaseAt(parameter), task, run), solver(boundary.neighbour, task, run));
    },
    { from: boundary.from, to: boundary.to, ...options },
  );
}

/** A boundary on drawn tasks (bounded activations by default). */
export function boundaryProperty(
  boundary: PhaseBoundary,
  solver: LimitSolver = pathLimit,
  options: Omit<BoundaryOptions, 'rng'> & { readonly tasks?: TaskConstraints } = {},
) {
  return fc.asyncProperty(tasks({ ...TAME, ...options.tasks }), streams(), async (task, rng) => {
    await expectBoundary(boundary, task, { ...options, rng }, solver);
  });
}

/** q = 1: every neuron jumps at every step, which is full-batch gradient descent with step τ. Exact but for rounding. */
export function expectGradientDescent(
  solver: LimitSolver,
  task: LearningTask,
  run: { readonly start: Rows; readonly learningRate: number; readonly steps: number; readonly rng: Stream },
  tolerance: Tolerance = {},
): void {
  const { start, learningRate, steps, rng } = run;
  const phase = phaseBernoulliJump({ learningRate, keepRate: 1 });
  const actual = solver(phase, task, { start, horizon: steps * learningRate, rng });
  const expected = networkPredictions(task, gradientDescent(task, start, learningRate, steps));
  expectClose('q → 1: bernoulli-jump to gradient descent', 'prediction', actual, expected, {
    tolerance: 1e-9,
    ...tolerance,
  });
}

/** The boundary q → 1 on drawn networks. */
export function gradientDescentProperty(
  solver: LimitSolver = pathLimit,
  constraints: TaskConstraints & Tolerance = {},
) {
  return fc.property(
    networks({ ...constraints, coordinate: reals({ min: -1, max: 1 }) }),
    positives({ min: 1 / 16, max: 1 / 2 }),
    fc.integer({ min: 1, max: 4 }),
    streams(),
    ({ task, neurons }, learningRate, steps, rng) =>
      expectGradientDescent(solver, task, { start: neurons, learningRate, steps, rng }, constraints),
  );
}
