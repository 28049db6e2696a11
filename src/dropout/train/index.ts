export { bernoulliMasks, type MaskSource } from './masks.ts';
export { FiniteNetwork } from './network.ts';
export type { TrainOptions, TrainResult, TrainSnapshot } from './options.ts';
export { stepsWithin } from './prepare.ts';
export type { ActiveSet } from './step.ts';
export { type CloudSummary, summarizeCloud } from './summary.ts';
export { train, trainAsync, trainWithMasks } from './train.ts';
export { type EnsembleResult, type TrainEnsembleOptions, trainEnsemble } from './train-ensemble.ts';
