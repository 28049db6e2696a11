import { describe, expect, it } from 'vitest';
import { linearLimitMoments } from '../../src/dropout/oracle/index.ts';
import { type PhaseParameters, phaseFrom } from '../../src/dropout/phase/index.ts';
import { createExecutor, type LimitOptions, loadExperiment, planLimit, runLimit } from '../../src/experiment/index.ts';
import { SMALL } from './fixtures.ts';

const executor = createExecutor({ threads: 1 });
const space = 'distribution' as const;

async function run(content: unknown, options: LimitOptions) {
  const experiment = await loadExperiment(content);
  return runLimit(experiment, planLimit(experiment, { ...options, space }), executor);
}

const PHASES: readonly (readonly [string, PhaseParameters, Partial<LimitOptions>])[] = [
  ['gradient-flow', {}, { particles: 20 }],
  ['poisson-jump', { jumpSize: 0.5 }, {}],
  ['bernoulli-jump', { learningRate: 0.3, keepRate: 0.5 }, {}],
  ['penalized-flow', { activeCount: 2 }, {}],
  ['penalized-jump', { jumpSize: 0.5, activeCount: 2 }, { particles: 60, replicates: 2, step: 0.1 }],
];

/** Neurons with three parameters. */
const TANH = {
  ...SMALL,
  data: { inputs: [[-1], [0.5]], targets: [0.3, -0.4] },
  network: { neuron: 'perceptron', activation: 'tanh', bias: true },
  initial: { outer: { normal: 1 }, inner: { normal: 1 } },
};

describe('limit in distribution space', () => {
  it.each(PHASES)(
    '%s: the exact moments of a linear neuron, within the errors it states',
    async (id, parameters, options) => {
      const phase = phaseFrom(id, parameters);
      const { neuron, predictions, time, risk } = await run(SMALL, { phase, ...options });
      const exact = linearLimitMoments(phase, { target: 1, start: { mean: 0, secondMoment: 1 }, time: 1 });
      for (const [summary, value] of [
        [predictions, exact.mean],
        [neuron.mean, exact.mean],
        [neuron.secondMoment, exact.secondMoment],
        [neuron.squaredMean, exact.squaredMean],
        [risk, (exact.mean - 1) ** 2 / 2],
      ] as const) {
        expect(Math.abs(summary.mean[0]! - value)).toBeLessThan(2e-6);
        expect(Math.abs(summary.mean[0]! - value)).toBeLessThan(4 * summary.standardError[0]! + 1e-8);
        if (id !== 'penalized-jump') expect(summary.standardDeviation[0]).toBe(0);
      }
      expect(time).toBeCloseTo(id === 'bernoulli-jump' ? 0.9 : 1, 12);
    },
  );

  it('takes array-RQMC for jumps of more parameters, whose errors come from replicates', async () => {
    const phase = phaseFrom('poisson-jump', { jumpSize: 0.5 });
    const options = { phase, particles: 256, seed: 4 };
    const result = await run(TANH, { ...options, replicates: 3 });
    expect(result.particles).toBe(256);
    result.predictions.standardError.forEach((error, j) => {
      expect(error).toBeGreaterThan(0);
      expect(result.predictions.standardDeviation[j]).toBeGreaterThan(0);
    });
    const again = await run(TANH, { ...options, replicates: 3 });
    expect(again.predictions).toEqual(result.predictions);
    const single = await run(TANH, { ...options, replicates: 1 });
    expect(single.predictions.standardError).toEqual([null, null]);
  });

  it('follows fixed neurons exactly along flows', async () => {
    const content = { ...SMALL, initial: { points: [[0.3], [-1.2], [2]] } };
    const result = await run(content, { phase: phaseFrom('gradient-flow'), replicates: 5 });
    expect(result.particles).toBe(3);
    expect(result.neuron.mean.mean[0]).toBeCloseTo(1 + (1.1 / 3 - 1) * Math.exp(-1), 6);
  });

  it('names the schemes of the phase and representation, and what is left out', async () => {
    const experiment = await loadExperiment(SMALL);
    const jump = phaseFrom('poisson-jump', { jumpSize: 1 });
    const clock = phaseFrom('bernoulli-jump', { learningRate: 0.3, keepRate: 0.5 });
    expect(planLimit(experiment, { phase: jump, space, scheme: 'heun', step: 0.1 }).scheme).toEqual({
      name: 'heun',
      step: 0.1,
    });
    expect(() => planLimit(experiment, { phase: jump, space, scheme: 'exact-jumps' })).toThrow(
      'scheme must be one of euler, heun, ssp-rk3, ssp-rk4, exponential for poisson-jump in distribution space (grid)',
    );
    expect(() => planLimit(experiment, { phase: clock, space, step: 0.1 })).toThrow('step must be left out');
    expect(() => planLimit(experiment, { phase: clock, space, scheme: 'euler' })).toThrow('scheme must be left out');
    expect(() => planLimit(experiment, { phase: jump, space, particles: 4 })).toThrow('particles must be');
    expect(() => planLimit(experiment, { phase: jump, space, replicates: 0 })).toThrow('replicates must be');
    expect(() => planLimit(experiment, { phase: jump, space, step: 3 })).toThrow('step must be');
  });

  it('reports a law that diverges', async () => {
    // Two parameters, so particles: they fly apart by a factor of about 10^5 a step.
    const data = {
      inputs: [
        [300, 1],
        [1, 300],
      ],
      targets: [1, 1],
    };
    const content = { ...SMALL, data, network: { neuron: 'linear' }, horizon: 400 };
    const phase = phaseFrom('bernoulli-jump', { learningRate: 1, keepRate: 1 });
    await expect(run(content, { phase, particles: 16 })).rejects.toMatchObject({ name: 'ReplicateError' });
  });
});
