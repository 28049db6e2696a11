import { toVector, type VectorLike } from '../base/arrays.ts';
import { checkNumber } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import type { InitialLaw } from './initial.ts';
import { type Loss, squaredLoss } from './loss.ts';
import type { NeuronModel } from './neuron.ts';

/** A learning problem: what is trained, on what, from where (docs/theory.md section 1). */
export interface LearningTask {
  readonly neuron: NeuronModel;
  readonly loss: Loss;
  /** y, length m. */
  readonly targets: Float64Array;
  /** ν, length m: nonnegative, with sum 1. */
  readonly weights: Float64Array;
  readonly initial: InitialLaw;
}

/** Options of `learningTask`. */
export interface LearningTaskOptions {
  readonly neuron: NeuronModel;
  /** Default the squared loss. */
  readonly loss?: Loss;
  /** y, length m. */
  readonly targets: VectorLike;
  /** Sample weights, length m, nonnegative, not all zero; scaled to sum 1. Default 1/m each. */
  readonly weights?: VectorLike;
  readonly initial: InitialLaw;
}

/** Puts a learning problem together and checks that its parts fit. */
export function learningTask(options: LearningTaskOptions): LearningTask {
  const { neuron, initial } = options;
  const loss = options.loss ?? squaredLoss;
  const m = neuron.samples;
  const targets = toVector('targets', options.targets, m);
  loss.checkTargets?.(targets);
  if (initial.dimension !== neuron.dimension)
    throw new ArgumentError(
      'initial.dimension',
      initial.dimension,
      `${neuron.dimension}, the number of parameters of the neuron`,
    );
  return { neuron, loss, targets, weights: dataWeights(options.weights, m), initial };
}

function dataWeights(value: VectorLike | undefined, m: number): Float64Array {
  if (value === undefined) return new Float64Array(m).fill(1 / m);
  const weights = toVector('weights', value, m);
  let sum = 0;
  for (let j = 0; j < m; j++) sum += checkNumber(`weights[${j}]`, weights[j], { min: 0 });
  if (!(sum > 0 && Number.isFinite(sum)))
    throw new ArgumentError('weights', sum, 'of positive finite sum (this is it)');
  return weights.map((w) => w / sum);
}
