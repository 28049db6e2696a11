export { type CoupledPaths, coupleToLimit, type LimitCoupling, type LimitCouplingOptions } from './couple-to-limit.ts';
export { drivenBy } from './driven.ts';
export { type LimitNeurons, type LimitNeuronsOptions, limitNeurons } from './limit-neurons.ts';
export { type ReferencePath, referencePath } from './reference-path.ts';
