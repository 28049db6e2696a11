export { displacement, drawPartnerInto, jumpMap } from './changes.ts';
export type { Calculus, Diffusion, Drift, NoiseShape, Statistic } from './coefficients.ts';
export type { CoefficientInto, StatisticInto } from './evaluate.ts';
export type { CloudJump } from './evaluate-jump.ts';
export { StepFailure } from './failure.ts';
export type {
  BoundedRate,
  DeferredJumps,
  Displacement,
  IntegratedRate,
  Jump,
  JumpChange,
  JumpContext,
  JumpMap,
  JumpRate,
  StateRate,
} from './jump.ts';
export {
  type BrownianSource,
  type BrownianTreeOptions,
  brownianTree,
  freshBrownian,
  type PoissonClocks,
  poissonClocks,
} from './noise/index.ts';
export { type CloudProcess, overCloud } from './over-cloud.ts';
export { kindOf, type MeanFieldProcess, meanFieldProcess, type ProblemKind } from './process.ts';
export { boundedRate, constantRate, integratedRate, stateRate } from './rates.ts';
