import { describe, expect, it } from 'vitest';
import { linearLimitMoments } from '../../src/dropout/oracle/index.ts';
import { type PhaseParameters, phaseFrom } from '../../src/dropout/phase/index.ts';
import { createExecutor, type LimitOptions, loadExperiment, planLimit, runLimit } from '../../src/experiment/index.ts';
import { SCHEME_NAMES, schemeNamed } from '../../src/experiment/run/limit-scheme.ts';
import { SMALL } from './fixtures.ts';

const executor = createExecutor({ threads: 1 });

async function run(content: unknown, options: LimitOptions) {
  const experiment = await loadExperiment(content);
  return runLimit(experiment, planLimit(experiment, options), executor);
}

const PHASES: readonly (readonly [string, PhaseParameters])[] = [
  ['gradient-flow', {}],
  ['poisson-jump', { jumpSize: 0.5 }],
  ['bernoulli-jump', { learningRate: 0.3, keepRate: 0.5 }],
  ['penalized-flow', { activeCount: 2 }],
  ['penalized-jump', { jumpSize: 0.5, activeCount: 2 }],
];

describe('limit', () => {
  it.each(PHASES)('%s: agrees with the exact moments of a linear neuron', async (id, parameters) => {
    const phase = phaseFrom(id, parameters);
    const result = await run(SMALL, { phase, particles: 2000, replicates: 40, seed: 3 });
    const exact = linearLimitMoments(phase, { target: 1, start: { mean: 0, secondMoment: 1 }, time: 1 });
    const { mean, secondMoment, squaredMean } = result.neuron;
    const pairs = [
      [result.predictions, exact.mean],
      [mean, exact.mean],
      [secondMoment, exact.secondMoment],
    ] as const;
    // Fixed seed. Student's law with 39 degrees of freedom exceeds 6 with probability 5e-7; the bias of order 1/2000 is below
    // a sixth of a standard error, (1/√80000).
    for (const [summary, value] of pairs)
      expect(Math.abs(summary.mean[0]! - value) / summary.standardError[0]!).toBeLessThan(6.2);
    expect(squaredMean.mean[0]).toBe(mean.mean[0]! ** 2);
    expect(result.particles).toBe(2000);
    expect(result.time).toBeCloseTo(id === 'bernoulli-jump' ? 0.9 : 1, 12);
  });

  it('does not add the variance of a cloud to risk and squared mean', async () => {
    // From N(0, 1) towards the target 0: predictions, risk and squared mean stay 0 up to errors of order 1/(RN).
    const content = { ...SMALL, data: { inputs: [[1]], targets: [0] } };
    const result = await run(content, { phase: phaseFrom('gradient-flow'), particles: 50, replicates: 400, seed: 2 });
    const { squaredMean } = result.neuron;
    const variance = Math.exp(-2) / (50 * 400);
    // Fixed seed; a squared standard normal exceeds 25 with probability 6e-7. A mean over clouds would be near 400.
    expect(squaredMean.mean[0]! / variance).toBeLessThan(25);
    expect(result.risk.mean[0]! / (variance / 2)).toBeLessThan(25);
    expect(squaredMean.standardError[0]! / variance).toBeGreaterThan(1);
  });

  it('has no error for flows from fixed points, which need one copy of each', async () => {
    const content = { ...SMALL, initial: { points: [[0.3], [-1.2], [2]] } };
    const flow = await run(content, { phase: phaseFrom('gradient-flow') });
    const mean = 1 + (1.1 / 3 - 1) * Math.exp(-1);
    expect(flow.particles).toBe(3);
    // RK4 with steps of 0.05: the error is about 0.05⁴/120.
    expect(Math.abs(flow.predictions.mean[0]! - mean)).toBeLessThan(1e-7);
    expect(flow.predictions.standardError).toEqual([0]);
    const clock = await run(content, { phase: phaseFrom('bernoulli-jump', { learningRate: 0.5, keepRate: 1 }) });
    expect(clock.predictions).toEqual({
      mean: [expect.closeTo(1 + (1.1 / 3 - 1) / 4, 14)],
      standardError: [0],
      standardDeviation: [0],
    });
    expect(clock.steps).toBe(2);
  });

  it('rounds particles up to copies of each fixed point', async () => {
    const experiment = await loadExperiment({ ...SMALL, initial: { points: [[1], [2], [3]] } });
    const plan = planLimit(experiment, { phase: phaseFrom('poisson-jump', { jumpSize: 1 }), particles: 100 });
    expect(plan.particles).toBe(102);
    expect(plan.deterministic).toBe(false);
  });

  it('takes a scheme and a step', async () => {
    const experiment = await loadExperiment(SMALL);
    const phase = phaseFrom('gradient-flow');
    expect(planLimit(experiment, { phase }).scheme).toEqual({ name: 'rk4', step: 0.05 });
    expect(planLimit(experiment, { phase, scheme: 'euler', step: 0.25 }).scheme).toEqual({ name: 'euler', step: 0.25 });
    const leap = await run(SMALL, {
      phase: phaseFrom('poisson-jump', { jumpSize: 1 }),
      scheme: 'tau-leap',
      step: 0.5,
      particles: 10,
      replicates: 2,
    });
    expect(leap.steps).toBe(2);
  });

  it.each(SCHEME_NAMES)('%s: is called what it is, and solves a phase that it can', async (name) => {
    expect(schemeNamed({ name, step: 0.1 }).info.name).toBe(name);
    const flow = ['euler', 'heun', 'rk4', 'dormand-prince'].includes(name);
    const phase =
      name === 'bernoulli-clock'
        ? phaseFrom('bernoulli-jump', { learningRate: 0.01, keepRate: 0.01 })
        : flow
          ? phaseFrom('gradient-flow')
          : phaseFrom('poisson-jump', { jumpSize: 1 });
    const content = { ...SMALL, initial: { points: [[0]] } };
    const { predictions } = await run(content, { phase, scheme: name, particles: 400, replicates: 20, seed: 1 });
    // The exact mean is 1 - 1/e; first order schemes are off by less than 0.02, and clouds of 400 particles by about
    // (1 - 1/e)/√8000 = 0.007 in all.
    expect(Math.abs(predictions.mean[0]! - (1 - Math.exp(-1)))).toBeLessThan(flow ? 0.012 : 0.05);
  });

  it('names the schemes that can solve a phase', async () => {
    const experiment = await loadExperiment(SMALL);
    const phase = phaseFrom('poisson-jump', { jumpSize: 1 });
    expect(() => planLimit(experiment, { phase, scheme: 'rk4' })).toThrow(
      /scheme must be one of exact-jumps, .*tau-leap/,
    );
    expect(() => planLimit(experiment, { phase, step: 0.1 })).toThrow('step must be left out for exact-jumps');
    expect(() => planLimit(experiment, { phase: phaseFrom('gradient-flow'), step: 2 })).toThrow(
      'step must be a finite number in',
    );
    expect(() => planLimit(experiment, { phase, particles: 0 })).toThrow('particles must be');
    expect(() => planLimit(experiment, { phase, replicates: 0 })).toThrow('replicates must be');
  });

  it('reports a cloud that diverges', async () => {
    const content = { ...SMALL, data: { inputs: [[30]], targets: [1] }, horizon: 2000 };
    const phase = phaseFrom('bernoulli-jump', { learningRate: 1, keepRate: 0.5 });
    await expect(run(content, { phase, particles: 10, replicates: 2 })).rejects.toMatchObject({
      name: 'ReplicateError',
      replicate: 0,
    });
  });
});
