import { describe, expect, test } from 'vitest';
import { agreementClaim, errorEstimates, fitPowerLaw, meanEstimate } from '../../src/convergence/index.ts';
import {
  diffusionApproximation,
  limit,
  linearDiffusionMoments,
  phaseGradientFlow,
  phasePoissonJump,
  solveDiffusion,
  train,
} from '../../src/dropout/index.ts';
import {
  customNeuron,
  fixedPoints,
  independentNormals,
  type LearningTask,
  learningTask,
  perceptron,
} from '../../src/network/index.ts';
import type { MeanFieldProcess } from '../../src/process/index.ts';
import { normal, stream } from '../../src/random/index.ts';
import { rk4 } from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';
import { evolveOnLine, NODES } from './line-generator.ts';
import { linearTask, momentsOf } from './linear-task.ts';

const SLOPES = [1, 0.7, -0.8];
const SHIFTS = [0, 0.5, 0.3];
const ATOMS = [-1, 0.3, 1.2];
const HORIZON = 1.5;

/** φ_j(x) = tanh(z_j x + b_j): one parameter, so that the law of a neuron lives on the line. */
const LINE: LearningTask = learningTask({
  neuron: customNeuron({
    dimension: 1,
    samples: 3,
    features(x, out) {
      for (let j = 0; j < 3; j++) out[j] = Math.tanh(SLOPES[j]! * x[0]! + SHIFTS[j]!);
    },
    pullBack(x, r, out) {
      out[0] = 0;
      for (let j = 0; j < 3; j++) out[0] += r[j]! * SLOPES[j]! * (1 - Math.tanh(SLOPES[j]! * x[0]! + SHIFTS[j]!) ** 2);
    },
  }),
  targets: [0.9, 0.2, -0.9],
  initial: fixedPoints(ATOMS.map((x) => [x])),
});
const FEATURES = SLOPES.map((z, j) => NODES.map((x) => Math.tanh(z * x + SHIFTS[j]!)));
const onLine = (process: MeanFieldProcess) => evolveOnLine(process, FEATURES, ATOMS, HORIZON, 64);
const jumpSizes = [0.1, 0.05, 0.025];
const exact = jumpSizes.map((jumpSize) => onLine(limit(phasePoissonJump({ jumpSize }), LINE)));

/** The exponent of ‖F - F(jumps)‖ in α, by least squares on errors without noise. */
function order(approximation: (jumpSize: number) => MeanFieldProcess): number {
  const errors = jumpSizes.map((jumpSize, k) => {
    const f = onLine(approximation(jumpSize));
    return Math.hypot(...f.map((value, j) => value - exact[k]![j]!));
  });
  const fit = fitPowerLaw(jumpSizes, errorEstimates({ values: errors, standardErrors: errors.map(() => 0) }));
  if (!fit.fitted) throw new Error(fit.reason);
  return fit.exponent.value;
}

describe('weak order in α on tanh neurons, with the laws themselves', () => {
  test('the diffusion approximation has order 2, the gradient flow order 1', () => {
    expect(Math.abs(order((jumpSize) => diffusionApproximation(LINE, { jumpSize })) - 2)).toBeLessThan(0.05);
    expect(Math.abs(order(() => limit(phaseGradientFlow(), LINE)) - 1)).toBeLessThan(0.05);
  });

  test('half the noise, or the drift of the other calculus, has order 1', () => {
    expect(order((jumpSize) => diffusionApproximation(LINE, { jumpSize: jumpSize / 2 }))).toBeLessThan(1.2);
    // Read in Stratonovich's sense the equation would have this Itô drift: (α/2)(∇²V∇V) more, taken here by differences.
    const stratonovich = (jumpSize: number): MeanFieldProcess => {
      const process = diffusionApproximation(LINE, { jumpSize });
      const ahead = new Float64Array(NODES.length);
      return {
        ...process,
        drift: {
          cloud(cloud, count, s, t, out) {
            process.drift!.cloud!(cloud, count, s, t, out);
            const moved = cloud.map((x, k) => x - 1e-5 * out[k]!);
            process.drift!.cloud!(moved, count, s, t, ahead);
            for (let k = 0; k < count; k++) out[k]! += (jumpSize / 2) * ((out[k]! - ahead[k]!) / 1e-5);
          },
        },
      };
    };
    expect(order(stratonovich)).toBeLessThan(1.2);
  });

  test('solveDiffusion samples that law', () => {
    // False alarm 1e-6. At α = 0.8 the flow is 4 to 7 of the standard errors away, and the bias of 450 particles below one.
    const jumpSize = 0.8;
    const law = onLine(diffusionApproximation(LINE, { jumpSize }));
    const runs = Array.from({ length: 30 }, (_, r) => {
      const rng = stream(5).split(r);
      return solveDiffusion(LINE, { jumpSize, particles: 450, horizon: HORIZON, step: 0.15, rng }).finalStatistic;
    });
    const comparisons = SLOPES.map((_, j) => {
      const { value, standardError, degrees } = meanEstimate(runs.map((f) => f[j]!));
      return { name: `F_${j}`, simulated: value, standardError, degrees, exact: law[j]! };
    });
    const claim = agreementClaim({ claim: 'same law', comparisons, independent: 1, falseAlarm: 1e-6 });
    expect(claim.verdict, String(claim.scores)).toBe('holds');
  });
});

describe('with the clock of a step', () => {
  test('τ = α is gradient descent to order 2, and the uncorrected drift to order 1', () => {
    const rng = stream(3).split('data');
    const inputs = Array.from({ length: 4 }, () => [normal(rng)]);
    const points = Array.from({ length: 6 }, () => [normal(rng), normal(rng), normal(rng)]);
    const task = learningTask({
      neuron: perceptron({ inputs, bias: true }),
      targets: [1, -1, 0.5, 0],
      initial: fixedPoints(points),
    });
    const until = 2;
    const error = (tau: number, learningRate: number): number => {
      const descent = train(task, { learningRate: tau, keepRate: 1, horizon: until, rng: stream(1) }).predictions;
      const { diffusion, ...flow } = diffusionApproximation(task, { jumpSize: tau, learningRate });
      const noise = new Float64Array(18);
      diffusion!.cloud!(Float64Array.from(points.flat()), 6, new Float64Array(4), 0, noise);
      if (learningRate === tau) expect(noise.every((v) => v === 0)).toBe(true);
      const f = solve(flow, { initial: points, until, scheme: rk4({ step: 0.05 }) }).finalStatistic;
      return Math.hypot(...f.map((value, j) => value - descent[j]!));
    };
    const orderWith = (rate: (tau: number) => number) => Math.log2(error(0.05, rate(0.05)) / error(0.025, rate(0.025)));
    expect(Math.abs(orderWith((tau) => tau) - 2)).toBeLessThan(0.06);
    expect(Math.abs(orderWith(() => 0) - 1)).toBeLessThan(0.1);
  });

  test('the exact moments of linear neurons, with and without a step', () => {
    // False alarm 1e-6 in all. The noise adds 0.39 (τ = 0) to the second moment, whose standard error is 0.009.
    const task = linearTask(1, independentNormals([0.5], [-0.5]));
    const comparisons = [0, 0.2].flatMap((learningRate) => {
      const exactly = linearDiffusionMoments({
        jumpSize: 0.4,
        learningRate,
        target: 1,
        start: { mean: -0.5, secondMoment: 0.5 },
        time: 1,
      });
      const runs = Array.from({ length: 60 }, (_, r) => {
        const rng = stream(6).split(r);
        const particles = 400;
        const { final } = solveDiffusion(task, { jumpSize: 0.4, learningRate, particles, horizon: 1, step: 0.1, rng });
        return momentsOf(final.data);
      });
      return (['mean', 'secondMoment'] as const).map((key) => {
        const { value, standardError, degrees } = meanEstimate(runs.map((m) => m[key]));
        return { name: `${key}, τ = ${learningRate}`, simulated: value, standardError, degrees, exact: exactly[key] };
      });
    });
    const claim = agreementClaim({ claim: 'same moments', comparisons, independent: 1, falseAlarm: 1e-6 });
    expect(claim.verdict, String(claim.scores)).toBe('holds');
  });

  test('bad arguments are named', () => {
    expect(() => diffusionApproximation(LINE, { jumpSize: 0 })).toThrow('jumpSize');
    expect(() => diffusionApproximation(LINE, { jumpSize: 0.1, learningRate: 0.2 })).toThrow('learningRate');
    const options = { jumpSize: 1, horizon: 1, rng: stream(1) };
    expect(() => solveDiffusion(LINE, { ...options, particles: 0 })).toThrow('particles');
    expect(() => solveDiffusion(LINE, { ...options, particles: 3, step: -1 })).toThrow('step');
  });
});
