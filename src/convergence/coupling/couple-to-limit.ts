import type { Outcome } from '../../base/outcome.ts';
import { type MaskSource, trainWithMasks } from '../../dropout/train/index.ts';
import type { LearningTask } from '../../network/index.ts';
import { type LimitNeuronsOptions, limitNeurons } from './limit-neurons.ts';

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

/**
 * Runs a finite network and independent limit neurons on the same start and the same clocks, and measures how far apart the
 * paths of each neuron come: the path-space error of docs/theory.md section 4. The maximum over the times of comparison stands
 * for the supremum.
 */
export function coupleToLimit(task: LearningTask, options: LimitCouplingOptions): LimitCoupling {
  const { width, learningRate, keepRate, horizon, rng, comparisons = 100, tracked = 0 } = options;
  const p = task.neuron.dimension;
  const neurons = new Float64Array(width * p);
  task.initial.sampleInto(rng.split('start'), width, neurons);
  const limits = limitNeurons(task, neurons, { ...options, flowStep: horizon / comparisons });
  const squares = new Float64Array(width);
  const paths = Array.from({ length: tracked }, () => ({ network: [] as Float64Array[], limit: [] as Float64Array[] }));
  const steps = Math.round(horizon / learningRate);
  const times = Array.from({ length: comparisons + 1 }, (_, k) => (k * steps * learningRate) / comparisons);
  const masks: MaskSource = {
    forwardInto(step, set) {
      set.count = limits.masks.activeInto(step, set.indices);
    },
    backwardInto() {},
  };
  const { outcome } = trainWithMasks(
    task,
    {
      width,
      learningRate,
      keepRate,
      steps,
      rng,
      saveAt: times,
      save: ({ time, particles }) => {
        limits.advanceTo(time);
        largerSquares(squares, particles, neurons, p);
        paths.forEach(({ network, limit }, i) => {
          network.push(particles.slice(i * p, (i + 1) * p));
          limit.push(neurons.slice(i * p, (i + 1) * p));
        });
      },
    },
    masks,
  );
  return { outcome, pathErrors: squares.map(Math.sqrt), paths };
}

/** squares_i ← max(squares_i, ‖x_i - y_i‖²). */
function largerSquares(squares: Float64Array, x: Float64Array, y: Float64Array, p: number): void {
  for (let i = 0, read = 0; i < squares.length; i++) {
    let sum = 0;
    for (let k = 0; k < p; k++, read++) sum += (x[read]! - y[read]!) ** 2;
    if (sum > squares[i]!) squares[i] = sum;
  }
}
