import { asMatrix, type RowMajor } from '../base/arrays.ts';
import { ArgumentError } from '../base/errors.ts';
import { fixedPoints, type InitialLaw, independentNormals, perceptronNormals } from '../network/initial.ts';
import { LOSSES } from '../network/loss.ts';
import { linearNeuron, type NeuronModel, perceptron } from '../network/neuron.ts';
import { type LearningTask, learningTask } from '../network/task.ts';
import type {
  ExperimentFile,
  FixedPoints,
  IndependentNormals,
  LinearNetwork,
  LossName,
  PerceptronNetwork,
} from './file/types.ts';

/** A learning task as plain data, which can be sent to another thread; `buildTask` makes the task of it. */
export interface TaskDescription {
  readonly network: PerceptronNetwork | LinearNetwork;
  readonly loss: LossName;
  /** `[m, d]`. */
  readonly inputs: RowMajor;
  /** Length m. */
  readonly targets: Float64Array;
  /** Length m; 1/m each if left out. */
  readonly weights?: Float64Array;
  readonly initial: FixedPoints | IndependentNormals;
}

/** The learning task of a description. Throws an ArgumentError that names the field of the experiment file at fault. */
export function buildTask(description: TaskDescription): LearningTask {
  const { loss, targets, weights, initial } = description;
  const neuron = neuronOf(description);
  return learningTask({
    neuron,
    loss: LOSSES[loss],
    targets,
    ...(weights === undefined ? {} : { weights }),
    initial: initialLaw(initial, neuron),
  });
}

/** The number of fixed neurons, or undefined if the start is sampled. */
export function fixedNeurons({ initial }: Pick<ExperimentFile, 'initial'>): number | undefined {
  return 'points' in initial ? initial.points.length : undefined;
}

function neuronOf({ network, inputs }: TaskDescription): NeuronModel {
  const matrix = asMatrix(inputs.data, inputs.rows, inputs.columns);
  if (network.neuron === 'linear') return linearNeuron({ inputs: matrix });
  return perceptron({ inputs: matrix, activation: network.activation ?? 'tanh', bias: network.bias ?? false });
}

function initialLaw(initial: FixedPoints | IndependentNormals, neuron: NeuronModel): InitialLaw {
  const { dimension } = neuron;
  if ('points' in initial) {
    initial.points.forEach((point, i) => {
      if (point.length !== dimension)
        throw new ArgumentError(`initial.points[${i}].length`, point.length, `${dimension} (${layout(neuron)})`);
    });
    return fixedPoints(initial.points);
  }
  if (neuron.name === 'perceptron')
    return perceptronNormals({
      dimension,
      ...(initial.outer === undefined ? {} : { outer: initial.outer.normal }),
      ...(initial.inner === undefined ? {} : { inner: initial.inner.normal }),
    });
  const scale = (initial.inner ?? initial.outer)?.normal ?? 1;
  return independentNormals(new Float64Array(dimension).fill(scale));
}

function layout({ name, parameterNames }: NeuronModel): string {
  const inner = parameterNames.filter((parameter) => parameter.startsWith('inner')).length;
  const weights = `${inner} inner weight${inner === 1 ? '' : 's'}`;
  if (name === 'linear') return `a linear neuron has ${weights}`;
  return `a perceptron has 1 outer weight, ${weights}${parameterNames.includes('bias') ? ' and 1 bias' : ''}`;
}
