import { describe, expect, it } from 'vitest';
import { linearOracle, momentsOfIndependentStart, momentsOfPoints } from '../../src/dropout/oracle/index.ts';
import { VARIANTS } from '../../src/dropout/variant.ts';
import {
  createExecutor,
  loadExperiment,
  planSimulation,
  type SimulateOptions,
  simulate,
} from '../../src/experiment/index.ts';
import { SMALL } from './fixtures.ts';

const executor = createExecutor({ threads: 1 });

async function run(content: unknown, options: SimulateOptions) {
  const experiment = await loadExperiment(content);
  return simulate(experiment, planSimulation(experiment, options), executor);
}

describe('simulate', () => {
  it.each(VARIANTS)('%s: agrees with the exact moments of a linear network', async (variant) => {
    const [width, learningRate, keepRate, replicates] = [8, 0.25, 0.4, 4000];
    const result = await run(SMALL, { width, learningRate, keepRate, variant, replicates, seed: 7 });
    const start = momentsOfIndependentStart({ width, mean: 0, secondMoment: 1 });
    const exact = linearOracle({ width, learningRate, keepRate, variant, target: 1, start, steps: 4 });
    const { mean, secondMoment, squaredMean } = result.neuron;
    const pairs = [
      [result.predictions, exact.mean],
      [mean, exact.mean],
      [secondMoment, exact.secondMoment],
      [squaredMean, exact.squaredMean],
      [result.risk, (exact.squaredMean - 2 * exact.mean + 1) / 2],
    ] as const;
    // Fixed seed; a standard normal exceeds 5 with probability 6e-7.
    for (const [summary, value] of pairs)
      expect(Math.abs(summary.mean[0]! - value) / summary.standardError[0]!).toBeLessThan(5);
    expect({ time: result.time, steps: result.steps, replicates: result.replicates }).toEqual({
      time: 1,
      steps: 4,
      replicates,
    });
  });

  it('relates error and deviation, and counts a replicate once', async () => {
    const { predictions, replicates } = await run(SMALL, {
      width: 3,
      learningRate: 0.5,
      keepRate: 0.5,
      replicates: 25,
    });
    expect(predictions.standardError[0]).toBeCloseTo(predictions.standardDeviation[0]! / 5, 14);
    expect(replicates).toBe(25);
  });

  it('gives replicate i the same numbers whatever their number', async () => {
    const one = await run(SMALL, { width: 3, learningRate: 0.5, keepRate: 0.5, replicates: 1 });
    const two = await run(SMALL, { width: 3, learningRate: 0.5, keepRate: 0.5, replicates: 2 });
    const spread = two.predictions.standardDeviation[0]! / Math.SQRT2;
    expect(Math.abs(one.predictions.mean[0]! - two.predictions.mean[0]!)).toBeCloseTo(spread, 12);
  });

  it('has no error with one deterministic run, and an unknown one with one random run', async () => {
    const points = { ...SMALL, initial: { points: [[0.3], [-1.2], [2]] } };
    const result = await run(points, { learningRate: 0.25, keepRate: 1 });
    const exact = linearOracle({
      width: 3,
      learningRate: 0.25,
      keepRate: 1,
      target: 1,
      start: momentsOfPoints([0.3, -1.2, 2]),
      steps: 4,
    });
    expect(result.replicates).toBe(1);
    expect(result.neuron.secondMoment.mean[0]).toBeCloseTo(exact.secondMoment, 13);
    expect(result.neuron.secondMoment.standardError).toEqual([0]);
    expect(result.neuron.secondMoment.standardDeviation).toEqual([0]);
    const random = await run(points, { learningRate: 0.25, keepRate: 0.5, replicates: 1 });
    expect(random.predictions.standardError).toEqual([null]);
  });

  it('knows what is random', async () => {
    const fixed = await loadExperiment({
      ...SMALL,
      data: { inputs: [[1], [2]], targets: [1, 2] },
      initial: { points: [[0], [1]] },
    });
    const plan = (options: Partial<SimulateOptions>) =>
      planSimulation(fixed, { learningRate: 0.5, keepRate: 0.5, ...options });
    expect(plan({}).deterministic).toBe(false);
    expect(plan({ keepRate: 1 }).deterministic).toBe(true);
    expect(plan({ variant: 'none' }).deterministic).toBe(true);
    expect(plan({ keepRate: 1, batchSize: 1 }).deterministic).toBe(false);
    expect(plan({ keepRate: 1, batchSize: 2 }).deterministic).toBe(true);
    expect(plan({ keepRate: 1 }).replicates).toBe(1);
    expect(plan({}).replicates).toBe(100);
  });

  it('makes round(horizon / learning rate) steps', async () => {
    const { steps, time } = await run(
      { ...SMALL, horizon: 1 },
      { width: 1, learningRate: 0.3, keepRate: 1, replicates: 2 },
    );
    expect(steps).toBe(3);
    expect(time).toBeCloseTo(0.9, 14);
  });

  it('reports divergence with the replicate and the step', async () => {
    const content = { ...SMALL, data: { inputs: [[30]], targets: [1] }, horizon: 500 };
    await expect(run(content, { width: 2, learningRate: 1, keepRate: 1, replicates: 3 })).rejects.toMatchObject({
      name: 'ReplicateError',
      replicate: 0,
      outcome: { code: 'diverged' },
    });
  });

  it('takes a risk that is too large for a number as divergence', async () => {
    const content = { ...SMALL, data: { inputs: [[1]], targets: [1e200] } };
    await expect(run(content, { width: 2, learningRate: 0.5, keepRate: 1 })).rejects.toThrow('too large');
  });

  it.each([
    ['width', { width: 0 }],
    ['width', { width: 1.5 }],
    ['width', { width: 2 ** 40 }],
    ['learningRate', { learningRate: 0 }],
    ['learningRate', { learningRate: Number.NaN }],
    ['learningRate', { learningRate: 3 }],
    ['keepRate', { keepRate: 0 }],
    ['keepRate', { keepRate: 1.1 }],
    ['variant', { variant: 'dropin' as 'dropout' }],
    ['batchSize', { batchSize: 2 }],
    ['replicates', { replicates: 0 }],
  ])('refuses a wrong %s', async (argument, options) => {
    const experiment = await loadExperiment(SMALL);
    const all = { width: 2, learningRate: 0.5, keepRate: 0.5, ...options };
    expect(() => planSimulation(experiment, all)).toThrow(expect.objectContaining({ name: 'ArgumentError', argument }));
  });

  it('refuses another width than the number of fixed neurons', async () => {
    const experiment = await loadExperiment({ ...SMALL, initial: { points: [[1], [2]] } });
    expect(() => planSimulation(experiment, { width: 3, learningRate: 0.5, keepRate: 1 })).toThrow('width must be 2');
  });
});
