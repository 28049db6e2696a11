export { type LinearDiffusionOptions, linearDiffusionMoments } from './diffusion-moments.ts';
export { type Complex, type LinearLaw, type LinearLawOptions, linearLaw } from './law.ts';
export { type LinearLimitOptions, type LinearLimitStart, linearLimitMoments } from './limit-moments.ts';
export { type LinearNetwork, type LinearOracleOptions, linearOracle, linearOracleStep } from './linear.ts';
export { type LinearMoments, momentsOfIndependentStart, momentsOfPoints } from './moments.ts';
export { type RegressionOracleOptions, regressionOracle } from './regression.ts';
export {
  type RegressionMoments,
  regressionMomentsOfIndependentStart,
  regressionMomentsOfPoints,
} from './regression-moments.ts';
