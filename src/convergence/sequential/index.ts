export {
  type Assumption,
  assumptionOfDifference,
  asymptotic,
  bounded,
  finiteVariance,
  subGaussian,
} from './assumption.ts';
export { type ConfidenceSequence, confidenceSequence } from './confidence-sequence.ts';
export { MeanEvidence } from './evidence.ts';
export { expectExponent, expectMean, expectQuantile, expectSameLaw, StatisticalError } from './expect.ts';
export { type Sampler, type SequentialOptions, type SequentialResult, testMean } from './sequential-test.ts';
export { type ExponentOptions, type SizedSampler, testExponent } from './test-exponent.ts';
export { testQuantile } from './test-quantile.ts';
export { testSameLaw } from './test-same-law.ts';
export { testSameMean } from './two-samples.ts';
