import { type Sampler, type SequentialOptions, type SequentialResult, testMean } from './sequential-test.ts';

/**
 * Tests that two laws have the same mean, from pairs of independent numbers (the two of a pair may be coupled, e.g. by common
 * random numbers). `assume` is about the difference of a pair. See testMean.
 */
export function testSameMean(first: Sampler, second: Sampler, options: SequentialOptions): Promise<SequentialResult> {
  return testMean(() => combine(first(), second(), (x, y) => x - y), 0, options);
}

function combine(
  x: number | Promise<number>,
  y: number | Promise<number>,
  f: (x: number, y: number) => number,
): number | Promise<number> {
  if (typeof x === 'number' && typeof y === 'number') return f(x, y);
  return Promise.all([x, y]).then(([a, b]) => f(a, b));
}
