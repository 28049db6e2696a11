export { type ClassifiedPowerLaw, classify, type PowerLaw, type ScalingLimits } from './classify.ts';
export {
  type ExponentPair,
  type PhaseDiagram,
  type PhaseDiagramOptions,
  type PhaseDiagramPart,
  phaseDiagram,
} from './diagram.ts';
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
