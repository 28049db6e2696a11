export { type Ensemble, type EnsembleOptions, mergeEnsembles, solveEnsemble, solveEnsembleAsync } from './ensemble.ts';
export { EnsembleMoments, type EnsembleMomentsState } from './ensemble-moments.ts';
export type { EventAction, SolveEvent } from './event.ts';
export type { Initial, NoiseSources, Solution, SolveOptions } from './options.ts';
export { type CloudMoments, saveMoments, saveQuantiles, saveStates, saveStatistics } from './save.ts';
export type { Save, Snapshot } from './snapshot.ts';
export { solve, solveAsync } from './solve.ts';
