import { describe, expect, it } from 'vitest';
import { binomialHat } from '../../src/random/binomial.ts';
import { poissonHat } from '../../src/random/poisson.ts';
import { binomialLogProbability, poissonLogProbability } from '../../src/random/saddle-point.ts';

/**
 * Transformed rejection is exact when, at every u, the probability of acceptance is at most 1, at least `squeeze` where the
 * squeeze accepts unseen (us ≥ 0.07), and at most us where the Poisson sampler rejects unseen (us < 0.013). Samples would
 * show a violation of 1 % only after 10⁸ draws, so it is checked here on a fine grid of u, the edges included.
 */
const grid = [
  ...Array.from({ length: 4001 }, (_, i) => (i - 2000) * (0.43 / 2000)),
  ...Array.from({ length: 2000 }, (_, i) => 0.43 + ((i + 0.5) * 0.07) / 2000),
  ...Array.from({ length: 2000 }, (_, i) => -0.43 - ((i + 0.5) * 0.07) / 2000),
  ...Array.from({ length: 200 }, (_, i) => 0.5 - 2 ** (-7 - i / 5)),
  ...Array.from({ length: 200 }, (_, i) => -0.5 + 2 ** (-7 - i / 5)),
];

function extremes(hat: { a: number; b: number }, center: number, acceptance: (k: number, weight: number) => number) {
  let most = 0;
  let leastInside = 1;
  let mostOverUs = 0;
  for (const u of grid) {
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * hat.a) / us + hat.b) * u + center);
    const accepted = acceptance(k, hat.a / (us * us) + hat.b);
    most = Math.max(most, accepted);
    if (us >= 0.07) leastInside = Math.min(leastInside, accepted);
    if (us < 0.013) mostOverUs = Math.max(mostOverUs, accepted / us);
  }
  return { most, leastInside, mostOverUs };
}

describe('PTRS', () => {
  it.each([...Array.from({ length: 90 }, (_, i) => 10 * 1.05 ** i), 1e4, 1e6, 1e9])('mean %f', (mean) => {
    const hat = poissonHat(mean);
    const { most, leastInside, mostOverUs } = extremes(hat, mean + 0.43, (k, weight) =>
      k < 0 ? 0 : (Math.exp(poissonLogProbability(k, mean)) * weight) / hat.inverseAlpha,
    );
    expect(most).toBeLessThanOrEqual(1);
    expect(leastInside).toBeGreaterThanOrEqual(hat.squeeze);
    expect(mostOverUs).toBeLessThanOrEqual(1);
    expect(most).toBeGreaterThan(0.9); // and the hat is not wasteful
  });
});

describe('BTRS', () => {
  const cases = [20, 21, 25, 50, 137, 1000, 1e5, 1e9].flatMap((n) =>
    [0.5, 0.4, 0.3, 0.1, 0.01, 10 / n, 10.7 / n, 12.3 / n, 17 / n]
      .filter((p) => n * p >= 10 && p <= 0.5)
      .map((p) => [n, p]),
  ) as [number, number][];
  it.each(cases)('n = %d, p = %d', (n, p) => {
    const hat = binomialHat(n, p);
    const atMode = binomialLogProbability(Math.floor((n + 1) * p), n, p);
    const { most, leastInside } = extremes(hat, n * p + 0.5, (k, weight) =>
      k < 0 || k > n ? 0 : (Math.exp(binomialLogProbability(k, n, p) - atMode) * weight) / hat.alpha,
    );
    expect(most).toBeLessThanOrEqual(1);
    expect(leastInside).toBeGreaterThanOrEqual(hat.squeeze);
    expect(most).toBeGreaterThan(0.8);
  });
});
