export type { CoupledPhaseId, ErrorConstant, Pilot, PilotBatch, TaskErrorConstants } from './constants.ts';
export { type ErrorConstantsOptions, estimateErrorConstants } from './estimate.ts';
export { type ErrorForecast, type PredictedErrors, type PredictedErrorsOptions, predictedErrors } from './predict.ts';
