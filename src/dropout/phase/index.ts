export { type ClassifiedPowerLaw, classify, type ScalingLaw, type ScalingLimits } from './classify.ts';
export {
  type ClassifiedScaling,
  type ClassifyScalingOptions,
  classifyScaling,
  type ScalingEvidence,
  type ScalingQuantity,
} from './classify-scaling.ts';
export type { ExponentPair } from './clip.ts';
export {
  type PhaseDiagram,
  type PhaseDiagramOptions,
  type PhaseDiagramPart,
  phaseDiagram,
} from './diagram.ts';
export {
  type ClassifiedNetwork,
  classifyNetwork,
  type ErrorConstants,
  type NetworkOptions,
  nearestLimit,
  type PredictedError,
} from './network.ts';
export {
  type BernoulliJumpPhase,
  checkPhase,
  DEGENERATE_IDS,
  type DegenerateId,
  type GradientFlowPhase,
  type PenalizedFlowPhase,
  type PenalizedJumpPhase,
  PHASE_IDS,
  PHASE_PARAMETERS,
  type Phase,
  type PhaseId,
  type PhaseParameters,
  type PoissonJumpPhase,
  phaseBernoulliJump,
  phaseFrom,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from './phase.ts';
export {
  type PhaseScalingOptions,
  phasePowerLaw,
  phaseScaling,
  powerLawScaling,
  type Rates,
  type Scaling,
} from './scaling.ts';
export type { Trend } from './trend.ts';
