import * as fc from 'fast-check';
import {
  type ActivationName,
  type LearningTask,
  LOSSES,
  learningTask,
  linearNeuron,
  perceptron,
} from '../../network/index.ts';
import { described, textOf } from '../described.ts';
import { initialLawMakers } from './initial-laws.ts';
import { positives, reals, vectors } from './numbers.ts';

/** The activations of a perceptron, from the simplest on. */
export const ACTIVATIONS: readonly ActivationName[] = [
  'identity',
  'relu',
  'tanh',
  'sigmoid',
  'softplus',
  'erf',
  'gelu',
];

/** Options of `tasks`. */
export interface TaskConstraints {
  /** Default both. */
  readonly neurons?: readonly ('linear' | 'perceptron')[];
  /** Default all. With bounded ones (tanh, sigmoid, erf) training stays tame. */
  readonly activations?: readonly ActivationName[];
  /** Default both. */
  readonly losses?: readonly (keyof typeof LOSSES)[];
  /** Kinds of initial law. Default both. */
  readonly initial?: readonly ('normal' | 'points')[];
  /** m. Default at most 3. */
  readonly maxSamples?: number;
  /** d. Default at most 2. */
  readonly maxInputs?: number;
}

/** The largest p of a task that is drawn with these options. */
export function largestDimension({ maxInputs = 2 }: TaskConstraints = {}): number {
  return maxInputs + 2;
}

/**
 * Learning problems: linear neurons and perceptrons with and without bias, both losses, equal and other sample weights. They shrink to
 * one linear neuron with one input 1, one target 1 and a standard normal start.
 */
export function tasks(constraints: TaskConstraints = {}): fc.Arbitrary<LearningTask> {
  const {
    neurons = ['linear', 'perceptron'],
    activations = ACTIVATIONS,
    losses = ['squared', 'logistic'],
    maxSamples = 3,
    maxInputs = 2,
  } = constraints;
  return fc
    .record({
      kind: fc.constantFrom(...neurons),
      activation: fc.constantFrom(...activations),
      bias: fc.boolean(),
      loss: fc.constantFrom(...losses),
      samples: fc.integer({ min: 1, max: maxSamples }),
      width: fc.integer({ min: 1, max: maxInputs }),
      inputs: vectors(maxSamples, vectors(maxInputs, reals({ min: -1.5, max: 1.5, towards: 1 }))),
      targets: vectors(maxSamples, reals({ towards: 1 })),
      weights: fc.option(vectors(maxSamples, positives({ min: 1 / 4, max: 4 }))),
      initial: initialLawMakers(largestDimension(constraints), constraints.initial),
    })
    .map(({ kind, activation, bias, loss, samples, width, ...drawn }) => {
      const inputs = drawn.inputs.slice(0, samples).map((row) => row.slice(0, width));
      const neuron = kind === 'linear' ? linearNeuron({ inputs }) : perceptron({ inputs, activation, bias });
      const named = kind === 'linear' ? '' : `, activation: '${activation}', bias: ${bias}`;
      const model = `${kind === 'linear' ? 'linearNeuron' : 'perceptron'}({ inputs: ${JSON.stringify(inputs)}${named} })`;
      const values = drawn.targets.slice(0, samples);
      const targets = loss === 'logistic' ? values.map((y) => (y < 0 ? -1 : 1)) : values;
      const weights = drawn.weights?.slice(0, samples);
      const initial = drawn.initial(neuron.dimension);
      const task = learningTask({ neuron, loss: LOSSES[loss], targets, initial, ...(weights ? { weights } : {}) });
      const rest = weights ? ` weights: ${JSON.stringify(weights)},` : '';
      return described(
        task,
        `learningTask({ neuron: ${model}, loss: ${loss}Loss, targets: ${JSON.stringify(targets)},${rest} initial: ${textOf(initial)} })`,
      );
    });
}
