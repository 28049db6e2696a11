import type { RowMajor } from '../base/arrays.ts';
import { type MatrixLike, toRowMajor } from '../base/arrays.ts';
import { checkInteger } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import {
  type ActivationName,
  activation as activationNamed,
  customKernel,
  type KernelDescription,
  linearKernel,
  type NeuronFunctions,
  type NeuronKernel,
  perceptronKernel,
} from '../kernels/index.ts';

/** A neuron model on a data set: the feature map φ: R^p → R^m (docs/theory.md section 1). */
export interface NeuronModel {
  readonly name: 'perceptron' | 'linear' | 'custom';
  /** p, the number of parameters of one neuron. */
  readonly dimension: number;
  /** m, the number of samples. */
  readonly samples: number;
  /** The training inputs `[m, d]`, where the model has them. */
  readonly inputs?: RowMajor;
  /** What each parameter is, for labels: `outer`, `inner[0]`, …, `bias`. */
  readonly parameterNames: readonly string[];
  /** What other threads make their kernels of; absent for a custom neuron, which is made of functions. */
  readonly description?: KernelDescription;
  /** A new kernel with its own scratch memory. */
  kernel(): NeuronKernel;
}

/** Options of `perceptron`. */
export interface PerceptronOptions {
  /** Training inputs `[m, d]`. */
  readonly inputs: MatrixLike;
  /** Default `tanh`. */
  readonly activation?: ActivationName;
  /** Whether the neuron has a bias, as its last parameter. Default false. */
  readonly bias?: boolean;
}

/**
 * φ_j(x) = a σ(⟨b, z_j⟩ + bias) with x = (a, b_1 … b_d), so p = d + 1; with `bias: true` one parameter more.
 */
export function perceptron(options: PerceptronOptions): NeuronModel {
  const inputs = checkedInputs(options.inputs);
  const activation = options.activation ?? 'tanh';
  const sigma = activationNamed(activation);
  const bias = options.bias ?? false;
  const innerNames = Array.from({ length: inputs.columns }, (_, k) => `inner[${k}]`);
  return {
    name: 'perceptron',
    dimension: 1 + inputs.columns + (bias ? 1 : 0),
    samples: inputs.rows,
    inputs,
    parameterNames: ['outer', ...innerNames, ...(bias ? ['bias'] : [])],
    description: { neuron: 'perceptron', inputs, activation, bias },
    kernel: () => perceptronKernel(inputs, sigma, bias),
  };
}

/** φ(x) = Zx with Z = `inputs` `[m, d]`, so p = d: linear regression, the exactly solvable case. */
export function linearNeuron(options: { readonly inputs: MatrixLike }): NeuronModel {
  const inputs = checkedInputs(options.inputs);
  return {
    name: 'linear',
    dimension: inputs.columns,
    samples: inputs.rows,
    inputs,
    parameterNames: Array.from({ length: inputs.columns }, (_, k) => `inner[${k}]`),
    description: { neuron: 'linear', inputs },
    kernel: () => linearKernel(inputs),
  };
}

/** A neuron of the user's own, by φ and Dφᵀ for one neuron at a time; slower than the built-in ones. */
export function customNeuron(neuron: NeuronFunctions): NeuronModel {
  const dimension = checkInteger('dimension', neuron.dimension, { min: 1 });
  const samples = checkInteger('samples', neuron.samples, { min: 1 });
  for (const key of ['features', 'pullBack'] as const)
    if (typeof neuron[key] !== 'function') throw new ArgumentError(key, neuron[key], 'a function');
  return {
    name: 'custom',
    dimension,
    samples,
    parameterNames: Array.from({ length: dimension }, (_, k) => `x[${k}]`),
    kernel: () => customKernel(neuron),
  };
}

function checkedInputs(value: MatrixLike): RowMajor {
  const inputs = toRowMajor('inputs', value);
  if (inputs.rows === 0 || inputs.columns === 0)
    throw new ArgumentError('inputs', `[${inputs.rows}, ${inputs.columns}]`, 'at least one sample with one coordinate');
  return inputs;
}
