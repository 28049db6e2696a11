export { ACTIVATIONS, type Activation, type ActivationName, activation } from './activation/index.ts';
export { customKernel, type NeuronFunctions } from './custom.ts';
export { type KernelDescription, kernelFrom } from './description.ts';
export { fusesProducts, type KernelImplementation } from './implementation.ts';
export type { NeuronKernel, SquaredLossStep } from './kernel.ts';
export { linearKernel } from './linear.ts';
export { type KernelOptions, perceptronKernel } from './perceptron.ts';
export type { Team } from './team/team.ts';
