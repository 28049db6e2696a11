export {
  type BoundaryOptions,
  boundaryProperty,
  expectBoundary,
  expectGradientDescent,
  gradientDescentProperty,
  type PhaseBoundary,
} from './boundaries.ts';
export {
  expectMassConservation,
  expectNumberConservation,
  massConservationProperty,
  numberConservationProperty,
} from './conservation.ts';
export {
  type ConvergenceOptions,
  convergenceToLimitProperty,
  expectConvergenceToLimit,
  type FiniteAndLimit,
} from './convergence-to-limit.ts';
export {
  type CloudDistance,
  coupledDistance,
  couplingProperty,
  expectCouplingInequality,
  expectMeanCouplingInequality,
  meanCouplingProperty,
} from './coupling-inequality.ts';
export {
  type ExactMeanOptions,
  exactMeanProperty,
  expectExactMean,
  type ProblemSolver,
  solveProblem,
} from './exact-mean.ts';
export { exchangeabilityProperty, expectExchangeability } from './exchangeability.ts';
export {
  type CloudSampler,
  type ExchangeabilityOptions,
  expectExchangeabilityInLaw,
} from './exchangeability-in-law.ts';
export { gradientDescent } from './gradient-descent.ts';
export {
  expectDuplicationInvariance,
  expectPermutationInvariance,
  invarianceProperty,
  type NetworkFunctional,
  networkPredictions,
  type Rows,
} from './invariance.ts';
export { dropoutAlongPhase, type FiniteNetworkRun, type LimitRun, type LimitSolver, pathLimit } from './limits.ts';
export { type MaskedRun, type MaskedTraining, maskedTraining } from './masked-training.ts';
export { expectMeanField, type MeanFieldCase, meanFieldProperty } from './mean-field.ts';
export { jumpToFlow, penalizedFlowToFlow, penalizedJumpToFlow, penalizedJumpToJump } from './phase-boundaries.ts';
export {
  expectPredictedRate,
  expectRate,
  type PredictedRateOptions,
  predictedRateProperty,
  type RateOptions,
} from './rate.ts';
export { expectResume, type ResumeOptions, resumeProperty } from './resume.ts';
export { type Evolution, expectStationarity, stationarityProperty, withoutResidual } from './stationarity.ts';
export { expectStepHalving, type StepHalvingOptions, stepHalvingProperty } from './step-halving.ts';
export { type ErrorAt, expectVanishing, type VanishingOptions } from './vanishing.ts';
