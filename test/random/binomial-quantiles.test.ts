import { expect, test } from 'vitest';
import { binomialQuantiles } from '../../src/random/binomial-quantiles.ts';

test.each([
  [1, 0.3],
  [4, 0.5],
  [9, 0.02],
  [5, 1],
  [0, 0.5],
])('the quantile of a binomial law is where its distribution function exceeds the level (n = %i, p = %d)', (n, p) => {
  const quantile = binomialQuantiles(n, p);
  const choose = (k: number) => Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1);
  let below = 0;
  for (let k = 0; k <= n; k++) {
    const probability = choose(k) * p ** k * (1 - p) ** (n - k);
    // At both ends of the levels that belong to k, where there are any.
    if (probability > 1e-9) for (const u of [below + 1e-10, below + probability - 1e-10]) expect(quantile(u)).toBe(k);
    below += probability;
  }
});

test('a large number of trials takes a table of the size of the law, not of the trials', () => {
  const quantile = binomialQuantiles(10_000_000, 3e-7);
  // Poisson's law with mean 3 to 1e-6: P(N <= 2) = 0.4232, P(N <= 3) = 0.6472.
  expect([0.42, 0.43, 0.64, 0.65].map(quantile)).toEqual([2, 3, 3, 4]);
});
