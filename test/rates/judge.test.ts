import { describe, expect, test } from 'vitest';
import { judge, type Question } from '../../bench/rates/judge.ts';
import { leadingExponent } from '../../bench/rates/leading-exponent.ts';
import { errorEstimates } from '../../src/convergence/index.ts';
import { normal, stream } from '../../src/random/index.ts';

const WIDTHS = [64, 128, 256, 512, 1024, 2048];

/** Errors with relative noise drawn from a stream; without one, noise-free values that claim it. */
function noisy(error: (n: number) => number, relative: number, replicate?: number) {
  const rng = stream(7).split(replicate ?? 0);
  const values = WIDTHS.map((n) => error(n) * (1 + (replicate === undefined ? 0 : relative * normal(rng))));
  const standardErrors = WIDTHS.map((n) => error(n) * relative);
  return errorEstimates({ values, standardErrors, noise: 'multiplicative' });
}

function verdict(error: (n: number) => number, relative = 0.005) {
  const question: Question = {
    error: 'path',
    widths: WIDTHS,
    replicates: WIDTHS.map(() => 10),
    estimates: noisy(error, relative),
    terms: [
      { name: 'ruling', exponent: -0.25 },
      { name: 'other', exponent: -0.5 },
    ],
    next: -0.5,
  };
  return judge(question).verdict;
}

describe('verdicts', () => {
  test.each([
    ['as predicted', (n: number) => 2 * n ** -0.25],
    ['as predicted', (n: number) => 2 * n ** -0.3],
    ['with second term', (n: number) => n ** -0.25 + 6 * n ** -0.5],
    ['faster', (n: number) => n ** -0.5],
    ['slower', (n: number) => n ** -0.05],
  ] as const)('%s', (expected, error) => {
    expect(verdict(error)).toBe(expected);
  });

  test('nothing is decided by noise', () => {
    expect(verdict((n) => 2 * n ** -0.25, 0.4)).toBe('undecided');
  });
});

describe('the leading exponent of two', () => {
  test('is found without noise', () => {
    const exact = noisy((n) => n ** -0.25 + 3 * n ** -0.5, 0.01);
    const found = leadingExponent(WIDTHS, exact, -0.25, -0.5, 'sum')!;
    expect(found.exponent).toBeCloseTo(-0.25, 2);
    expect(found.prefactors.map(({ value }) => value)).toEqual([expect.closeTo(1, 6), expect.closeTo(3, 5)]);
  });

  // 200 intervals of 95 %: 10 misses are expected; more than 22 or none have probability 1e-4 and 4e-5.
  test('has intervals that cover it', () => {
    let missed = 0;
    for (let replicate = 0; replicate < 200; replicate++) {
      const estimates = noisy((n) => n ** -0.25 + n ** -0.5, 0.002, replicate);
      const [low, high] = leadingExponent(WIDTHS, estimates, -0.25, -0.5, 'sum')!.interval;
      if (low > -0.25 || high < -0.25) missed++;
    }
    expect(missed).toBeGreaterThan(0);
    expect(missed).toBeLessThanOrEqual(22);
  });
});
