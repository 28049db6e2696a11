export type { Dataset } from './data/dataset.ts';
export { createExecutor, type Executor, type ExecutorOptions, type RunCellsOptions } from './executor/executor.ts';
export { type StartTeamOptions, startTeam, type ThreadTeam } from './executor/start-team.ts';
export { type Experiment, type ExperimentPlace, loadExperiment, readExperiment } from './experiment.ts';
export { checkExperimentFile } from './file/check.ts';
export type {
  ColumnReference,
  CsvData,
  ExperimentFile,
  FixedPoints,
  IndependentNormals,
  InlineData,
  LinearNetwork,
  LossName,
  PerceptronNetwork,
  TeacherData,
} from './file/types.ts';
export {
  type EnsembleOnThreadsOptions,
  type EnsembleProblem,
  ensembleOnThreads,
  type ModuleEnsemble,
} from './modules/ensemble-on-threads.ts';
export type { ThreadOptions } from './modules/executor-for.ts';
export { ModuleError } from './modules/module-error.ts';
export { type ModuleSampler, samplerOnThreads, type ThreadedSampler } from './modules/sampler-on-threads.ts';
export { writeAllOrNothing, writeFileAtomic } from './output/atomic.ts';
export { ReplicateError } from './run/failure.ts';
export { type LimitOptions, type LimitPlan, type LimitResult, planLimit, runLimit } from './run/limit.ts';
export type { ObservableSummaries, Summary } from './run/observables.ts';
export {
  planSimulation,
  type SimulateOptions,
  type SimulatePlan,
  type SimulateResult,
  simulate,
} from './run/simulate.ts';
export { buildTask, type TaskDescription } from './task.ts';
export { type Verify, type VerifyOptions, verify } from './verify/index.ts';
