import type { Outcome } from '../../base/outcome.ts';
import type { LearningTask } from '../../network/index.ts';
import { couple } from './couple.ts';
import type { LimitNeuronsOptions } from './limit-neurons.ts';
import { networkToLimit } from './network-to-limit.ts';

export interface LimitCouplingOptions extends Omit<LimitNeuronsOptions, 'flowStep'> {
  readonly width: number;
  /** How many times, equally spaced, paths are compared at. Default 100; each is moved to the nearest step. */
  readonly comparisons?: number;
  /** Neurons 0 … tracked - 1 have their paths recorded. Default 0. */
  readonly tracked?: number;
}

/** Paths of one neuron at the times of the comparisons, `[K, p]`. */
export interface CoupledPaths {
  readonly network: readonly Float64Array[];
  readonly limit: readonly Float64Array[];
}

export interface LimitCoupling {
  readonly outcome: Outcome;
  /** max_t ‖X_i(t) - X̄_i(t)‖ over the times of the comparisons, for each neuron. */
  readonly pathErrors: Float64Array;
  /** Of the tracked neurons. */
  readonly paths: readonly CoupledPaths[];
}

/** The path errors alone of `couple(task, networkToLimit(…), …)`. */
export function coupleToLimit(task: LearningTask, options: LimitCouplingOptions): LimitCoupling {
  const { phase, width, learningRate, keepRate, reference, horizon, rng, comparisons = 100, tracked = 0 } = options;
  const coupling = networkToLimit({
    phase,
    width,
    learningRate,
    keepRate,
    ...(reference && { reference }),
  });
  const { outcome, pathErrors, paths } = couple(task, coupling, { horizon, rng, comparisons, tracked, times: [] });
  return { outcome, pathErrors, paths: paths.map(({ first, second }) => ({ network: first, limit: second })) };
}
