import * as fc from 'fast-check';
import type { SequentialResult } from '../../convergence/index.ts';
import type { Phase } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import { type PhaseConstraints, phases } from '../arbitraries/phases.ts';
import { streams } from '../arbitraries/streams.ts';
import { type TaskConstraints, tasks } from '../arbitraries/tasks.ts';
import { dropoutAlongPhase, type FiniteNetworkRun, type LimitSolver, pathLimit } from './limits.ts';
import { distanceOf, expectVanishing, type VanishingOptions } from './vanishing.ts';

/** A finite system, and what it is claimed to converge to as its width grows. */
export interface FiniteAndLimit {
  /** Default: dropout along the phase's power law. */
  readonly finite?: FiniteNetworkRun;
  /** Default: the limit in path space. */
  readonly limit?: LimitSolver;
}

/** Options of `expectConvergenceToLimit`. */
export interface ConvergenceOptions extends FiniteAndLimit, Partial<Omit<VanishingOptions, 'rng' | 'floor'>> {
  readonly rng: Stream;
  /** Mean-field time. Default 1. */
  readonly horizon?: number;
  /** Of the limit, which errs by their number^(−1/2): many more than the larger width. Default 1024. */
  readonly particles?: number;
}

/**
 * F(μⁿ) → F(μ): the distance of the predictions vanishes from width `from` (default 8) to width `to` (default 128). A sequential test
 * with exact error probabilities, see `expectVanishing`; n^(−1/2) makes it fall to a quarter.
 */
export function expectConvergenceToLimit(
  phase: Phase,
  task: LearningTask,
  options: ConvergenceOptions,
): Promise<SequentialResult> {
  const { finite = dropoutAlongPhase, limit = pathLimit, horizon = 1, particles = 1024, from = 8, to = 128 } = options;
  let memory: { readonly name: string; readonly value: ArrayLike<number> } | undefined;
  const target = (rng: Stream): ArrayLike<number> => {
    // Both sizes of a pair are held against the same limit; pairs are independent.
    const name = rng.path.join();
    if (memory?.name !== name)
      memory = { name, value: limit(phase, task, { start: particles, horizon, rng: rng.split('limit') }) };
    return memory.value;
  };
  return expectVanishing(
    `convergence to the limit ${phase.id}`,
    (width, rng) => distanceOf(finite(phase, task, { width, horizon, rng: rng.split('width', width) }), target(rng)),
    { ...options, from, to },
  );
}

/** Convergence on drawn tasks in drawn phases: bounded activations by default, so that training stays tame. */
export function convergenceToLimitProperty(
  options: Omit<ConvergenceOptions, 'rng'> & PhaseConstraints & { readonly tasks?: TaskConstraints } = {},
) {
  return fc.asyncProperty(
    tasks({ ...TAME, ...options.tasks }),
    phases(options),
    streams(),
    async (task, phase, rng) => {
      await expectConvergenceToLimit(phase, task, { ...options, rng });
    },
  );
}

/** Tasks on which jumps of size 1 with a single partner stay bounded. */
export const TAME: TaskConstraints = {
  neurons: ['perceptron'],
  activations: ['tanh', 'sigmoid', 'erf'],
  maxSamples: 2,
};
