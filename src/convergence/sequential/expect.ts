import type { Sampler, SequentialOptions, SequentialResult } from './sequential-test.ts';
import { testMean } from './sequential-test.ts';
import { type ExponentOptions, type SizedSampler, testExponent } from './test-exponent.ts';
import { testQuantile } from './test-quantile.ts';
import { testSameLaw } from './test-same-law.ts';
import { testSameMean } from './two-samples.ts';

/** Thrown by the `expect…` functions when a claim is rejected, or undecided at the end of the budget. */
export class StatisticalError extends Error {
  override readonly name = 'StatisticalError';

  constructor(readonly result: SequentialResult) {
    super(result.detail);
  }
}

/**
 * `await expectMean(sampler).toEqual(target, { within, falseAlarm: 1e-9, miss: 1e-6 })` and the like: resolves to the result when the claim is
 * accepted, and throws StatisticalError when it is rejected or undecided. A plain function, for any test runner. What may be
 * assumed of the numbers is `assume`; without it the error probabilities are approximate (`asymptotic()`).
 */
export function expectMean(sampler: Sampler) {
  return {
    toEqual: async (target: number, options: SequentialOptions) => accepted(await testMean(sampler, target, options)),
    toBeAtMost: async (target: number, options: SequentialOptions) =>
      accepted(await testMean(sampler, target, { ...options, relation: 'atMost' })),
    toBeAtLeast: async (target: number, options: SequentialOptions) =>
      accepted(await testMean(sampler, target, { ...options, relation: 'atLeast' })),
    /** The same mean as another law; `assume` is about the difference of two numbers. */
    toEqualThatOf: async (other: Sampler, options: SequentialOptions) =>
      accepted(await testSameMean(sampler, other, options)),
  };
}

/** `await expectQuantile(sampler, 0.5).toEqual(0, { within: 0.1 })`; see expectMean. */
export function expectQuantile(sampler: Sampler, p: number) {
  return {
    toEqual: async (target: number, options: Omit<SequentialOptions, 'assume'>) =>
      accepted(await testQuantile(sampler, p, target, options)),
  };
}

/** `await expectExponent(small, large).toEqual(-0.5, { within: 0.1 })`; see expectMean. */
export function expectExponent(small: SizedSampler, large: SizedSampler) {
  return {
    toEqual: async (target: number, options: ExponentOptions) =>
      accepted(await testExponent(small, large, target, options)),
  };
}

/** `await expectSameLaw(first, second, { within: 0.05 })`: equal distribution functions, up to `within`; see expectMean. */
export async function expectSameLaw(first: Sampler, second: Sampler, options: Omit<SequentialOptions, 'assume'>) {
  return accepted(await testSameLaw(first, second, options));
}

function accepted(result: SequentialResult): SequentialResult {
  if (result.verdict !== 'accepted') throw new StatisticalError(result);
  return result;
}
