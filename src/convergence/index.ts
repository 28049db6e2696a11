export { type Agreement, agreementClaim, type Comparison, sidakBound } from './agreement.ts';
export { biases } from './biases.ts';
export { type Bootstrap, bootstrap } from './bootstrap.ts';
export type { Claim, Relation, Verdict } from './claim.ts';
export * from './coupling/index.ts';
export type { Curvature } from './curvature.ts';
export { type ClaimOptions, decideClaim, undecidedClaim } from './decide.ts';
export { detectableDeviation } from './detectable.ts';
export { type ErrorEstimates, errorEstimates } from './error-estimates.ts';
export { confidenceInterval, type Estimate, type Interval } from './estimate.ts';
export {
  fitPowerLaw,
  type NoPowerLaw,
  type PowerLaw,
  type PowerLawOptions,
} from './fit-power-law.ts';
export { fitTwoTerms, type TwoTerms } from './fit-two-terms.ts';
export { fluctuations } from './fluctuations.ts';
export { localSlopes } from './local-slopes.ts';
export { meanErrors, meanEstimate } from './mean-errors.ts';
export * from './power/index.ts';
export * from './predicted-errors/index.ts';
export { type PredictedRates, predictedRates, type RateTerm, rulingTerms } from './predicted-rates.ts';
export { rateClaim } from './rate-claim.ts';
export type { Reference } from './reference.ts';
export { rootMeanSquares } from './root-mean-squares.ts';
export { RunningMoments, type RunningMomentsState } from './running-moments.ts';
export { RunningVector } from './running-vector.ts';
export * from './sequential/index.ts';
export * from './study/index.ts';
