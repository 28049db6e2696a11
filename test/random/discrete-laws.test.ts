import { describe, expect, it } from 'vitest';
import { logGamma } from '../../src/base/index.ts';
import {
  aliasTable,
  binomial,
  chooseWeighted,
  geometric,
  normal,
  poisson,
  type Stream,
  stream,
  uniformInt,
} from '../../src/random/index.ts';
import { chiSquareP, expectFit, LARGEST_Z } from './goodness-of-fit.ts';

/** A law on the integers with its exact probabilities; cells 0 … span - 1 start at `from`, the rest is the last cell. */
interface Law {
  readonly name: string;
  readonly draw: (rng: Stream) => number;
  readonly probability: (k: number) => number;
  readonly mean: number;
  readonly variance: number;
}

const poissonLaw = (mean: number): Law => ({
  name: `Poisson ${mean}`,
  draw: (rng) => poisson(rng, mean),
  probability: (k) => (k < 0 ? 0 : Math.exp(k * Math.log(mean) - mean - logGamma(k + 1))),
  mean,
  variance: mean,
});

const binomialLaw = (n: number, p: number): Law => ({
  name: `binomial ${n}, ${p}`,
  draw: (rng) => binomial(rng, n, p),
  probability: (k) =>
    k < 0 || k > n
      ? 0
      : Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p)),
  mean: n * p,
  variance: n * p * (1 - p),
});

const geometricLaw = (p: number): Law => ({
  name: `geometric ${p}`,
  draw: (rng) => geometric(rng, p),
  probability: (k) => (k < 0 ? 0 : p * (1 - p) ** k),
  mean: (1 - p) / p,
  variance: (1 - p) / p ** 2,
});

const uniformLaw = (n: number): Law => ({
  name: `uniform below ${n}`,
  draw: (rng) => uniformInt(rng, n),
  probability: (k) => (k < 0 || k >= n ? 0 : 1 / n),
  mean: (n - 1) / 2,
  variance: (n * n - 1) / 12,
});

const weights = [3, 0, 0.5, 7, 1e-3, 2, 2, 11];
const weightSum = weights.reduce((a, b) => a + b);
const weightMean = weights.reduce((sum, w, k) => sum + (w * k) / weightSum, 0);
const weightedLaw: Law = {
  name: 'weighted choice',
  draw: (
    (table) => (rng: Stream) =>
      chooseWeighted(rng, table)
  )(aliasTable(weights)),
  probability: (k) => (weights[k] ?? 0) / weightSum,
  mean: weightMean,
  variance: weights.reduce((sum, w, k) => sum + (w * (k - weightMean) ** 2) / weightSum, 0),
};

const laws: Law[] = [
  ...[0.003, 0.7, 5, 9.999, 10, 13.7, 80, 1000, 40_000].map(poissonLaw),
  ...(
    [
      [1, 0.3],
      [7, 0.5],
      [50, 0.1],
      [50, 0.9],
      [30, 1 / 3],
      [30, 0.34],
      [100, 0.5],
      [1000, 0.7],
      [100_000, 0.01],
      [1_000_000, 3e-6],
    ] as const
  ).map(([n, p]) => binomialLaw(n, p)),
  ...[0.9999, 0.9, 0.5, 0.1, 0.01].map(geometricLaw),
  ...[1, 2, 3, 7, 1000, 4097].map(uniformLaw),
  weightedLaw,
];

const DRAWS = 200_000;

describe.each(laws)('$name', ({ name, draw, probability, mean, variance }) => {
  const rng = stream(2024).split('discrete', name);
  const sample = Float64Array.from({ length: DRAWS }, () => draw(rng));

  // χ² with false-alarm probability 1e-6 on each side.
  it('has the right probabilities', () => {
    const from = Math.max(0, Math.floor(mean - 6 * Math.sqrt(variance)) - 1);
    const span = Math.ceil(14 * Math.sqrt(variance)) + 12;
    const counts = new Float64Array(span + 2);
    const expected = new Float64Array(span + 2);
    for (const k of sample) counts[Math.min(Math.max(k - from, -1), span) + 1]!++;
    for (let i = 0; i < span; i++) expected[i + 1] = probability(from + i);
    expected[span + 1] = Math.max(0, 1 - expected.reduce((a, b) => a + b));
    for (let i = 0; i < span; i++) if (expected[i + 1] === 0) expect(counts[i + 1]).toBe(0);
    const cells = expected.filter((p) => p > 0).length;
    if (cells > 1) expectFit(chiSquareP(counts, expected));
  });

  // Central limit theorem for 200,000 draws; both within 4.75 standard errors: false-alarm probability 2e-6 each.
  it('has the right mean and variance', () => {
    const centred = sample.map((k) => k - mean);
    const average = centred.reduce((a, b) => a + b) / DRAWS;
    const square = centred.reduce((a, b) => a + b * b, 0) / DRAWS;
    const fourth = centred.reduce((a, b) => a + b ** 4, 0) / DRAWS;
    expect(Math.abs(average)).toBeLessThanOrEqual(LARGEST_Z * Math.sqrt(variance / DRAWS));
    expect(Math.abs(square - variance)).toBeLessThanOrEqual(LARGEST_Z * Math.sqrt((fourth - square ** 2) / DRAWS));
  });
});

describe('degenerate arguments', () => {
  const rng = stream(5);
  it('gives the only possible value', () => {
    expect(poisson(rng, 0)).toBe(0);
    expect(binomial(rng, 0, 0.5)).toBe(0);
    expect(binomial(rng, 10, 0)).toBe(0);
    expect(binomial(rng, 10, 1)).toBe(10);
    expect(geometric(rng, 1)).toBe(0);
    expect(uniformInt(rng, 1)).toBe(0);
  });

  it('rejects what is out of range, by name', () => {
    for (const mean of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 51])
      expect(() => poisson(rng, mean)).toThrow(/^mean must be .*, got /);
    for (const n of [-1, 1.5, Number.NaN, 2 ** 51]) expect(() => binomial(rng, n, 0.5)).toThrow(/^n must be /);
    for (const p of [-0.1, 1.1, Number.NaN]) expect(() => binomial(rng, 3, p)).toThrow(/^p must be /);
    for (const p of [0, -1, 1.5, Number.NaN]) expect(() => geometric(rng, p)).toThrow(/^p must be /);
    for (const n of [0, -3, 2.5, Number.NaN, 2 ** 53 + 2]) expect(() => uniformInt(rng, n)).toThrow(/^n must be /);
    for (const bad of [[], [0, 0], [1, -1], [Number.NaN]]) expect(() => aliasTable(bad)).toThrow(/weights/);
  });
});

describe('large arguments', () => {
  // Kolmogorov–Smirnov would need the law; the normal limit is near enough for mean and variance at these sizes.
  it.each([1e6, 1e9, 1e12, 1e15])('Poisson %d: mean and variance', (mean) => {
    const rng = stream(6).split(mean);
    let first = 0;
    let second = 0;
    const draws = 50_000;
    for (let i = 0; i < draws; i++) {
      const z = (poisson(rng, mean) - mean) / Math.sqrt(mean);
      first += z / draws;
      second += (z * z) / draws;
    }
    // False-alarm probability 2e-6 each: z and z² have variances 1 and 2.
    expect(Math.abs(first)).toBeLessThan(LARGEST_Z / Math.sqrt(draws));
    expect(Math.abs(second - 1)).toBeLessThan(LARGEST_Z * Math.sqrt(2 / draws));
  });

  it.each([2 ** 31, 2 ** 32, 2 ** 32 + 5, 3 * 2 ** 50, 2 ** 53])('uniform below %d: thirds are equally likely', (n) => {
    const rng = stream(7).split(String(n));
    const counts = new Float64Array(3);
    for (let i = 0; i < 60_000; i++) counts[Math.floor(uniformInt(rng, n) / (n / 3))]!++;
    expectFit(chiSquareP(counts, [1 / 3, 1 / 3, 1 / 3]));
  });

  it('tiny success probabilities give large, finite skips', () => {
    const rng = stream(8);
    const draws = 20_000;
    let sum = 0;
    for (let i = 0; i < draws; i++) sum += geometric(rng, 1e-12) * 1e-12;
    // A mean of 20,000 exponentials, false-alarm probability 2e-6.
    expect(Math.abs(sum / draws - 1)).toBeLessThan(LARGEST_Z / Math.sqrt(draws));
    expect(geometric(rng, 1e-300)).toBeGreaterThan(1e280);
  });
});

describe('power', () => {
  // The commonest mistakes are found by the same test, on the same number of draws.
  it.each([
    [
      'a Poisson that is a rounded normal',
      poissonLaw(80),
      (rng: Stream) => Math.round(80 + Math.sqrt(80) * normal(rng)),
    ],
    ['a geometric that counts trials', geometricLaw(0.01), (rng: Stream) => geometric(rng, 0.01) + 1],
    ['a modulo bias', uniformLaw(3), (rng: Stream) => ((rng.nextInt32() >>> 0) % 64) % 3],
    ['a binomial with n - 1 trials', binomialLaw(1000, 0.7), (rng: Stream) => binomial(rng, 999, 0.7)],
  ] as const)('%s is found', (_, { mean, variance, probability }, broken) => {
    const rng = stream(9);
    const from = Math.max(0, Math.floor(mean - 6 * Math.sqrt(variance)));
    const span = Math.ceil(12 * Math.sqrt(variance)) + 4;
    const counts = new Float64Array(span);
    for (let i = 0; i < DRAWS; i++) counts[Math.min(Math.max(broken(rng) - from, 0), span - 1)]!++;
    const expected = Float64Array.from({ length: span }, (_, i) => probability(from + i));
    expect(chiSquareP(counts, expected)).toBeLessThan(1e-9);
  });
});
