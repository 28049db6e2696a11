export { loadMeasure, saveMeasure } from './bytes.ts';
export { type CompressionMethod, type CompressOptions, compress } from './compress.ts';
export { type DensityAxis, kernelDensity1D, kernelDensity2D } from './density.ts';
export { depositInto, toGrid } from './deposit.ts';
export * from './distance/index.ts';
export { type EmpiricalMeasure, empiricalMeasure, empiricalView } from './empirical.ts';
export { expectationOf, expectationsOf } from './expectation.ts';
export type { Features } from './features.ts';
export {
  type GridAxis,
  type GridMeasure,
  gridDensity,
  gridFromDensity,
  gridMeasure,
  gridNodes,
  gridView,
} from './grid.ts';
export { type JumpPath, jumpPath } from './jump-path.ts';
export { marginal } from './marginal.ts';
export { atomsOf, type Measure, type MeasureLike } from './measure.ts';
export { mixture } from './mixture.ts';
export { covarianceOf, massOf, meanOf, momentOf, secondMomentOf } from './moments.ts';
export type { NpyArray } from './npy.ts';
export { decodeNpz, encodeNpz, measureFromNpz, measureToNpz } from './npz.ts';
export { pushforward, pushforwardInto } from './pushforward.ts';
export { quantileOf, quantilesOf } from './quantile.ts';
export { type ResamplingMethod, resample, resampleInto } from './resample.ts';
export { toEmpirical } from './to-empirical.ts';
