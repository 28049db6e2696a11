import type { RowMajor } from '../base/arrays.ts';
import { ACTIVATIONS, type ActivationName } from './activation/index.ts';
import type { BlockKernel } from './blocks.ts';
import type { KernelImplementation } from './implementation.ts';
import { linearKernel } from './linear.ts';
import { perceptronKernel } from './perceptron.ts';

/** A built-in neuron on its inputs `[m, d]`, as plain data: what other threads make their kernels of. */
export type KernelDescription =
  | {
      readonly neuron: 'perceptron';
      readonly inputs: RowMajor;
      readonly activation: ActivationName;
      readonly bias: boolean;
    }
  | { readonly neuron: 'linear'; readonly inputs: RowMajor };

/** A new kernel of a description. */
export function kernelFrom(description: KernelDescription, implementation?: KernelImplementation): BlockKernel {
  if (description.neuron === 'linear') return linearKernel(description.inputs);
  const { inputs, activation, bias } = description;
  return perceptronKernel(
    inputs,
    ACTIVATIONS[activation],
    bias,
    implementation === undefined ? {} : { implementation },
  );
}
