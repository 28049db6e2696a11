import { expect } from 'vitest';
import { chiSquareUpperTail, kolmogorovUpperTail } from '../../src/base/index.ts';

/**
 * Both sides of every test have this false-alarm probability: too far from the law, and too near to it. Streams are
 * seeded, so a test that passes once passes always.
 */
export const FALSE_ALARM = 1e-6;

/** P of a Kolmogorov–Smirnov distance this large, for a continuous law (asymptotic; samples here have 10⁵ or more). */
export function kolmogorovSmirnovP(sample: Float64Array, cdf: (x: number) => number): number {
  const sorted = sample.slice().sort();
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const f = cdf(sorted[i]!);
    distance = Math.max(distance, f - i / n, (i + 1) / n - f);
  }
  return kolmogorovUpperTail(Math.sqrt(n) * distance);
}

/** P of a χ² this large, with neighbouring cells joined until each expects 10 or more. */
export function chiSquareP(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  let statistic = 0;
  let cells = 0;
  let observed = 0;
  let expected = 0;
  let left = total;
  for (let i = 0; i < counts.length; i++) {
    observed += counts[i]!;
    expected += total * probabilities[i]!;
    left -= total * probabilities[i]!;
    if (expected >= 10 && (left >= 10 || i === counts.length - 1)) {
      statistic += (observed - expected) ** 2 / expected;
      cells++;
      observed = 0;
      expected = 0;
    }
  }
  if (expected > 0) {
    statistic += (observed - expected) ** 2 / expected;
    cells++;
  }
  return chiSquareUpperTail(statistic, cells - 1);
}

export function expectFit(p: number): void {
  expect(p).toBeGreaterThan(FALSE_ALARM);
  expect(p).toBeLessThan(1 - FALSE_ALARM);
}

/** A standard normal z-score whose size has probability 2·10⁻⁶ to exceed this. */
export const LARGEST_Z = 4.75;
