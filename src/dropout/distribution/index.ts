export { defaultRepresentation } from './default-representation.ts';
export { gaussHermite, type NormalQuadrature } from './gauss-hermite.ts';
export type { LawObservables } from './observables.ts';
export type { DistributionSolution, LawErrors, SavedLaw, SolveDistributionOptions } from './options.ts';
export {
  type ArrayRqmc,
  arrayRqmc,
  type Characteristics,
  characteristics,
  type Grid,
  grid,
  type Representation,
  type RepresentationKind,
  type SplitAndCompress,
  splitAndCompress,
} from './representation.ts';
export { representationSize } from './size.ts';
export { solveDistribution, solveDistributionAsync } from './solve-distribution.ts';
export {
  DISTRIBUTION_SCHEMES,
  type DistributionSchemeInfo,
  type DistributionSchemeName,
  distributionSchemesFor,
  type TimeScheme,
} from './time-scheme.ts';
