import { describe, expect, test } from 'vitest';
import {
  linearOracle,
  type MaskSource,
  momentsOfIndependentStart,
  momentsOfPoints,
  train,
  trainWithMasks,
  VARIANTS,
  type Variant,
} from '../../src/dropout/index.ts';
import { fixedPoints } from '../../src/network/index.ts';
import { stream } from '../../src/random/index.ts';
import { linearTask, MOMENTS, momentsOf } from './linear-task.ts';

/** The mask whose bits are those of `code`, at every step. */
function fixedMasks(forward: number, backward: number): MaskSource {
  const fill = (code: number) => (_step: number, set: { indices: Int32Array; count: number }) => {
    set.count = 0;
    for (let i = 0; i < set.indices.length; i++) if ((code >> i) & 1) set.indices[set.count++] = i;
  };
  return { forwardInto: fill(forward), backwardInto: fill(backward) };
}

/** E of the moments after one step of `variant`, by enumeration of all masks (all pairs for independent masks). */
function enumerated(points: number[], keepRate: number, learningRate: number, target: number, variant: Variant) {
  const n = points.length;
  const task = linearTask(target, fixedPoints(points.map((x) => [x])));
  const weight = (code: number) => points.reduce((w, _, i) => w * ((code >> i) & 1 ? keepRate : 1 - keepRate), 1);
  const sums = { mean: 0, secondMoment: 0, squaredMean: 0 };
  const second = variant === 'independent-masks' ? 2 ** n : 1;
  for (let forward = 0; forward < 2 ** n; forward++)
    for (let backward = 0; backward < second; backward++) {
      const w = weight(forward) * (second > 1 ? weight(backward) : 1);
      if (w === 0) continue;
      const { particles } = trainWithMasks(
        task,
        { learningRate, keepRate, variant, steps: 1, rng: stream(0) },
        fixedMasks(forward, backward),
      );
      const moments = momentsOf(particles.data);
      for (const key of MOMENTS) sums[key] += w * moments[key];
    }
  return sums;
}

describe('one step, by enumeration of all masks', () => {
  // The two published one-step expectations, printed to 8 digits.
  test.each([
    { points: [0.3, -1.2, 2.0], q: 0.05, tau: 0.02, y: 1, expected: [0.33288889, 2.01909037, 0.34442963] },
    { points: [0.3, -1.2, 2.0, 0.7], q: 0.3, tau: 0.7, y: -0.5, expected: [-0.39875, 3.87803241, 1.66681209] },
  ])('train agrees with the oracle to 1e-12 and with the published numbers from $points', (c) => {
    const sums = enumerated(c.points, c.q, c.tau, c.y, 'dropout');
    const exact = linearOracle({
      width: c.points.length,
      learningRate: c.tau,
      keepRate: c.q,
      target: c.y,
      start: momentsOfPoints(c.points),
      steps: 1,
    });
    MOMENTS.forEach((key, i) => {
      expect(Math.abs(sums[key] - exact[key])).toBeLessThan(1e-12);
      expect(Math.abs(sums[key] - c.expected[i]!)).toBeLessThan(5.1e-9);
    });
  });

  test.each(VARIANTS)('%s agrees with the oracle to 1e-12 for any width, keep rate and step', (variant) => {
    for (const [points, q, tau, y] of [
      [[0.7], 0.4, 0.3, 1],
      [[-1.1, 0.4], 0.9, 1.2, 0.5],
      [[0.3, -1.2, 2.0], 1, 0.4, 1],
      [[1, 2, -0.5, 0.1], 0.15, 0.05, -2],
    ] as const) {
      const sums = enumerated([...points], q, tau, y, variant);
      const exact = linearOracle({
        width: points.length,
        learningRate: tau,
        keepRate: q,
        target: y,
        start: momentsOfPoints([...points]),
        steps: 1,
        variant,
      });
      for (const key of MOMENTS)
        expect(Math.abs(sums[key] - exact[key])).toBeLessThan(1e-12 * (1 + Math.abs(exact[key])));
    }
  });
});

describe('many steps, simulated', () => {
  const cases: { variant: Variant; n: number; q: number; tau: number; steps: number }[] = [];
  for (const variant of VARIANTS)
    for (const [n, q, tau, steps] of [
      [1, 0.5, 0.1, 10],
      [1, 1, 0.3, 6],
      [2, 0.02, 0.002, 200],
      [5, 0.2, 0.05, 40],
      [16, 0.5, 0.5, 8],
      [40, 0.1, 0.1, 20],
    ] as const)
      cases.push({ variant, n, q, tau, steps });
  const replicates = 3000;

  test(`moments are the oracle's over ${cases.length * 3} comparisons`, () => {
    const scores: number[] = [];
    for (const { variant, n, q, tau, steps } of cases) {
      const exact = linearOracle({
        width: n,
        learningRate: tau,
        keepRate: q,
        target: 1,
        start: momentsOfIndependentStart({ width: n, mean: 0, secondMoment: 1 }),
        steps,
        variant,
      });
      const task = linearTask(1);
      const samples = { mean: [] as number[], secondMoment: [] as number[], squaredMean: [] as number[] };
      for (let r = 0; r < replicates; r++) {
        const rng = stream(7).split(variant, n, steps, r);
        const { particles } = train(task, { width: n, learningRate: tau, keepRate: q, variant, steps, rng });
        const moments = momentsOf(particles.data);
        for (const key of MOMENTS) samples[key].push(moments[key]);
      }
      for (const key of MOMENTS) {
        const mean = samples[key].reduce((a, b) => a + b) / replicates;
        const variance = samples[key].reduce((a, b) => a + (b - mean) ** 2, 0) / (replicates - 1);
        scores.push((mean - exact[key]) / Math.sqrt(variance / replicates));
      }
    }
    // 90 comparisons, |z| ≥ 4.5 each with probability 6.8e-6: false alarm at most 6.1e-4 (the seed is fixed).
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(4.5);
    // Too good is wrong, too: mean z² is about 1 with standard deviation √(2/30) = 0.26 if only the 30 runs were independent.
    const spread = scores.reduce((a, z) => a + z * z, 0) / scores.length;
    expect(spread).toBeGreaterThan(0.4);
    expect(spread).toBeLessThan(2.2);
  });
});
