export { type Assignment, assign } from './assignment.ts';
export { energyDistance, energyDistanceSquared } from './energy.ts';
export { featureDiscrepancy } from './feature-discrepancy.ts';
export { gaussianWasserstein2, gaussianWasserstein2Squared } from './gaussian.ts';
export { energyKernel, gaussianKernel, inverseMultiquadricKernel, laplaceKernel, type RadialKernel } from './kernel.ts';
export { kolmogorovSmirnov, kolmogorovSmirnovInterval, kolmogorovSmirnovTest } from './kolmogorov-smirnov.ts';
export {
  type DiscrepancyOptions,
  maximumMeanDiscrepancy,
  maximumMeanDiscrepancySquared,
  maximumMeanDiscrepancySquaredInterval,
} from './maximum-mean-discrepancy.ts';
export { type SinkhornOptions, type SinkhornResult, sinkhornDivergence } from './sinkhorn.ts';
export { skorokhodDistance } from './skorokhod.ts';
export { type SlicedEstimate, slicedWasserstein } from './sliced.ts';
export { type Transport, transport } from './transport.ts';
export { bootstrapInterval, type Distance, type Interval, permutationTest } from './two-sample.ts';
export { uniformPathDistance } from './uniform-path.ts';
export {
  assignmentPlan,
  transportPlan,
  wasserstein,
  wasserstein1,
  wasserstein2,
  wasserstein2Squared,
  wassersteinPower,
} from './wasserstein.ts';
export { wasserstein1D, wasserstein1DPower } from './wasserstein-1d.ts';
