export type { ActivationName, KernelDescription, NeuronFunctions, NeuronKernel, Team } from '../kernels/index.ts';
export { fixedPoints, type InitialLaw, independentNormals, perceptronNormals } from './initial.ts';
export { LOSSES, type Loss, logisticLoss, squaredLoss } from './loss.ts';
export { customNeuron, linearNeuron, type NeuronModel, type PerceptronOptions, perceptron } from './neuron.ts';
export { predictions, residualInto, risk } from './risk.ts';
export { type LearningTask, type LearningTaskOptions, learningTask } from './task.ts';
