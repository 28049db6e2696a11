import { describe, expect, test } from 'vitest';
import { arrayRqmc, solveDistribution } from '../../src/dropout/distribution/index.ts';
import { phaseBernoulliJump, phasePenalizedJump, phasePoissonJump, solveLimit } from '../../src/dropout/index.ts';
import { stream } from '../../src/random/index.ts';
import { fittedOrder, tanhSpace } from './distribution-tasks.ts';

const task = tanhSpace();
const horizon = 1;

/** F(μ_T) from one cloud of array-RQMC. */
function spread(phase: Parameters<typeof solveDistribution>[0], particles: number, replicate: number): Float64Array {
  return solveDistribution(phase, task, {
    horizon,
    representation: arrayRqmc({ particles }),
    replicates: 1,
    estimateError: false,
    ...(phase.id === 'bernoulli-jump' ? {} : { time: { step: 0.1 } }),
    rng: stream(5).split(particles, replicate),
  }).final.predictions;
}

/** F(μ_T) from one cloud of independent particles. */
function plain(phase: Parameters<typeof solveLimit>[0], particles: number, replicate: number): Float64Array {
  return solveLimit(phase, task, { horizon, particles, rng: stream(6).split(particles, replicate) }).finalStatistic;
}

function summary(rows: readonly Float64Array[]): { mean: number[]; variance: number[]; total: number } {
  const mean = Array.from(rows[0]!, (_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length);
  const variance = mean.map((m, j) => rows.reduce((sum, row) => sum + (row[j]! - m) ** 2, 0) / (rows.length - 1));
  return { mean, variance, total: variance.reduce((a, b) => a + b) };
}

const replicates = (count: number, run: (r: number) => Float64Array) => Array.from({ length: count }, (_, r) => run(r));

// With R replicates of four predictions a variance ratio has a relative standard deviation of about (2/R)^(1/2), here 0.3: measured ratios are
// twice the bounds. Seeded. bench/distribution.ts has N = 16384.
describe('array-RQMC on a tanh neuron with three parameters', () => {
  test('Poisson jumps: the variance is far below that of independent particles, and falls faster', () => {
    const phase = phasePoissonJump({ jumpSize: 0.5 });
    const sizes = [256, 1024, 4096];
    const variances = sizes.map((size) => summary(replicates(20, (r) => spread(phase, size, r))).total);
    const independent = summary(replicates(20, (r) => plain(phase, 1024, r)));
    expect(independent.total / variances[1]!).toBeGreaterThan(12);
    // Independent particles: N^(-1).
    expect(fittedOrder(sizes, variances)).toBeLessThan(-1.15);
  });

  test.each([phasePoissonJump({ jumpSize: 0.5 }), phaseBernoulliJump({ learningRate: 0.25, keepRate: 0.4 })])(
    '$id: unbiased',
    (phase) => {
      const fast = summary(replicates(16, (r) => spread(phase, 1024, r)));
      const slow = summary(replicates(40, (r) => plain(phase, 1024, r)));
      fast.mean.forEach((mean, j) => {
        const error = Math.sqrt(fast.variance[j]! / 16 + slow.variance[j]! / 40);
        // |t| > 6 with about 39 degrees: 5e-7. Midpoint leaps of 0.1 err by 1e-3 at most, plain clouds by 1/N.
        expect(Math.abs(mean - slow.mean[j]!)).toBeLessThan(6 * error + 2e-3);
        expect(6 * error).toBeLessThan(0.04);
      });
    },
  );

  test('Bernoulli and penalized jumps gain as well', () => {
    for (const [phase, gain] of [
      [phaseBernoulliJump({ learningRate: 0.25, keepRate: 0.4 }), 10],
      [phasePenalizedJump({ jumpSize: 0.4, activeCount: 2 }), 1.5],
    ] as const) {
      const fast = summary(replicates(16, (r) => spread(phase, 1024, r)));
      const slow = summary(replicates(16, (r) => plain(phase, 1024, r)));
      expect(slow.total / fast.total).toBeGreaterThan(gain);
    }
  });
});
