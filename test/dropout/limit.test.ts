import { describe, expect, test } from 'vitest';
import {
  limit,
  linearLaw,
  linearLimitMoments,
  type Phase,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
  solveLimit,
} from '../../src/dropout/index.ts';
import {
  fixedPoints,
  type LearningTask,
  type Loss,
  learningTask,
  logisticLoss,
  perceptron,
  perceptronNormals,
  squaredLoss,
} from '../../src/network/index.ts';
import { normal, poisson, type Stream, stream, uniformInt } from '../../src/random/index.ts';
import { linearTask, momentsOf } from './linear-task.ts';

/** Mean and standard error over replicates. */
function estimate(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

describe('the linear neuron, whose limits are known', () => {
  const start = { mean: 0.15, secondMoment: 0.4 };
  const points = fixedPoints([[0.15 - Math.sqrt(0.3775)], [0.15 + Math.sqrt(0.3775)]]);

  test.each([phaseGradientFlow(), phasePenalizedFlow({ activeCount: 2 }), phasePenalizedFlow({ activeCount: 0.3 })])(
    'flow %j: mean and second moment to 1e-7',
    (phase) => {
      const { final } = solveLimit(phase, linearTask(1, points), {
        particles: 2,
        horizon: 1,
        step: 0.02,
        rng: stream(0),
      });
      const exact = linearLimitMoments(phase, { target: 1, start, time: 1 });
      const moments = momentsOf(final.data);
      expect(Math.abs(moments.mean - exact.mean)).toBeLessThan(1e-7);
      expect(Math.abs(moments.secondMoment - exact.secondMoment)).toBeLessThan(1e-7);
    },
  );

  const jumps: Phase[] = [
    phasePoissonJump({ jumpSize: 0.5 }),
    phasePoissonJump({ jumpSize: 1.5 }),
    phaseBernoulliJump({ learningRate: 0.25, keepRate: 0.25 }),
    phasePenalizedJump({ jumpSize: 0.5, activeCount: 2 }),
    phasePenalizedJump({ jumpSize: 0.25, activeCount: 0.5 }),
  ];
  test.each(jumps)('jumps %j: mean, second moment and third cumulant', (phase) => {
    const [clouds, particles] = [60, 2000];
    const task = linearTask(1, points);
    const samples = { mean: [] as number[], secondMoment: [] as number[], thirdCumulant: [] as number[] };
    for (let r = 0; r < clouds; r++) {
      const { final } = solveLimit(phase, task, { particles, horizon: 1, rng: stream(11).split(phase.id, r) });
      const { mean, secondMoment } = momentsOf(final.data);
      samples.mean.push(mean);
      samples.secondMoment.push(secondMoment);
      samples.thirdCumulant.push(final.data.reduce((sum, x) => sum + (x - mean) ** 3, 0) / particles);
    }
    const exact = linearLimitMoments(phase, { target: 1, start, time: 1 });
    // The bias of an interacting cloud is about variance/N < 1e-3 of a moment; |t| with 59 degrees above 6 has probability 1.3e-7.
    for (const key of ['mean', 'secondMoment'] as const) {
      const { mean, error } = estimate(samples[key]);
      expect(Math.abs(mean - exact[key])).toBeLessThan(6 * error + 1e-3);
      expect(error).toBeLessThan(0.02);
    }
    if (phase.id === 'penalized-jump') return;
    // The start is symmetric around its mean: the third cumulant is that of the clock's noise alone.
    const law = linearLaw(phase, { target: 1, startMean: start.mean, time: 1 });
    const { mean, error } = estimate(samples.thirdCumulant);
    const third = law.cumulants(3)[2]!;
    expect(Math.abs(mean - third)).toBeLessThan(6 * error + 2e-3);
    expect(third).toBeGreaterThan(4 * error);
  });
});

/** Tanh neurons on six samples in two dimensions, labels ±1. */
function tanhTask(loss: Loss): LearningTask {
  const rng = stream(21).split('data');
  const inputs = Array.from({ length: 6 }, () => [normal(rng), normal(rng)]);
  const targets = inputs.map(([a, b]) => (a! * b! > 0 ? 1 : -1));
  return learningTask({
    neuron: perceptron({ inputs, bias: true }),
    loss,
    targets,
    initial: perceptronNormals({ dimension: 4, outer: 1.5, inner: 1 }),
  });
}

describe('the penalized flow averages over its partners', () => {
  const task = tanhTask(squaredLoss);
  const cloud = new Float64Array(300 * 4);
  task.initial.sampleInto(stream(3), 300, cloud);

  function drift(of: LearningTask, activeCount: number): Float64Array {
    const process = limit(phasePenalizedFlow({ activeCount }), of);
    const s = new Float64Array(6);
    process.statistic!.cloud!(cloud, 300, s);
    const out = new Float64Array(cloud.length);
    process.drift!.cloud!(cloud, 300, s, 0, out);
    return out;
  }

  test.each([0.2, 1, 3, 20])('for c = %d the transforms give the penalty of the squared loss', (c) => {
    const exact = drift(task, c);
    const transformed = drift({ ...task, loss: { ...squaredLoss, quadratic: false } }, c);
    const scale = Math.max(...exact.map(Math.abs));
    exact.forEach((value, k) => {
      expect(Math.abs(transformed[k]! - value)).toBeLessThan(1e-9 * scale);
    });
  });

  test.each([0.3, 2, 30])('for c = %d and the logistic loss they agree with sampled partners', (c) => {
    const logistic = { ...task, loss: logisticLoss };
    const exact = drift(logistic, c);
    const kernel = task.neuron.kernel();
    const features = new Float64Array(300 * 6);
    kernel.forward(cloud, null, 300, null);
    kernel.featuresInto(cloud, features);
    const rng = stream(5);
    const [neuron, draws] = [17, 20_000];
    const x = cloud.slice(neuron * 4, neuron * 4 + 4);
    const sum = new Float64Array(4);
    const squares = new Float64Array(4);
    const residual = new Float64Array(6);
    for (let l = 0; l < draws; l++) {
      const total = features.slice(neuron * 6, neuron * 6 + 6);
      for (let k = poisson(rng, c); k > 0; k--) {
        const partner = uniformInt(rng, 300) * 6;
        for (let j = 0; j < 6; j++) total[j]! += features[partner + j]!;
      }
      for (let j = 0; j < 6; j++) residual[j] = logisticLoss.derivative(total[j]! / c, task.targets[j]!) / 6;
      const gradient = new Float64Array(4);
      kernel.forward(x, null, 1, null);
      kernel.pullBackInto(x, residual, null, -1, gradient);
      gradient.forEach((g, k) => {
        sum[k]! += g;
        squares[k]! += g * g;
      });
    }
    // |z| > 5 in one of 4 coordinates: 2.3e-6 (the seed is fixed).
    sum.forEach((total, k) => {
      const mean = total / draws;
      const error = Math.sqrt((squares[k]! / draws - mean * mean) / draws);
      expect(Math.abs(mean - exact[neuron * 4 + k]!)).toBeLessThan(5 * error);
    });
  });
});

test('a limit from fixed points starts from equally many copies of each', () => {
  const task = linearTask(1, fixedPoints([[1], [2], [6]]));
  const phase = phasePoissonJump({ jumpSize: 1 });
  const { final } = solveLimit(phase, task, { particles: 7, horizon: 1e-12, rng: stream(1) });
  expect([...final.data].sort()).toEqual([1, 1, 1, 2, 2, 2, 6, 6, 6]);
});

test('a limit refuses what is not a phase, and bad sizes', () => {
  const task = linearTask(1);
  expect(() => limit({ id: 'poisson-jump', jumpSize: -1 }, task)).toThrow('jumpSize');
  expect(() => limit({ id: 'no-jump' } as unknown as Phase, task)).toThrow('phase');
  const options = { particles: 4, horizon: 1, rng: stream(1) as Stream };
  expect(() => solveLimit(phaseGradientFlow(), task, { ...options, particles: 0 })).toThrow('particles');
  expect(() => solveLimit(phaseGradientFlow(), task, { ...options, horizon: -1 })).toThrow('horizon');
  expect(() => solveLimit(phaseGradientFlow(), task, { ...options, step: 0 })).toThrow('step');
});
