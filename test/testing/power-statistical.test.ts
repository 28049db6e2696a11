import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
  phaseScaling,
  train,
} from '../../src/dropout/index.ts';
import { normal, type Stream, stream } from '../../src/random/index.ts';
import { eulerMaruyama, type Scheme } from '../../src/scheme/index.ts';
import {
  dropoutAlongPhase,
  expectBoundary,
  expectConvergenceToLimit,
  expectExactMean,
  expectExchangeabilityInLaw,
  expectPredictedRate,
  expectRate,
  expectStepHalving,
  expectVanishing,
  type FiniteNetworkRun,
  jumpToFlow,
  type LimitSolver,
  pathLimit,
  penalizedFlowToFlow,
  penalizedJumpToFlow,
  penalizedJumpToJump,
  solvableProcesses,
  solveProblem,
} from '../../src/testing/index.ts';
import { meanFieldOrnsteinUhlenbeck } from '../problems/mean-field-ornstein-uhlenbeck.ts';
import { task } from './catches.ts';

// Each statistical law against systems that break it. Streams are fixed, so nothing here can flake; the laws miss a constant error with
// probability 1e-6.

describe('vanishing errors', () => {
  const errorAt =
    (exponent: number, bias = 0) =>
    (size: number, rng: Stream) =>
      Math.abs(bias + size ** exponent * normal(rng.split(size)));
  it('accepts n^(-1/2), exact zeros, and rounding', async () => {
    const from = { from: 8, to: 128, rng: stream(1) };
    expect((await expectVanishing('law', errorAt(-0.5), from)).samples).toBeLessThan(200);
    await expectVanishing('law', () => 0, from);
    await expectVanishing('law', (_size, rng) => 1e-14 * rng.uniform(), from);
  });
  it.each([
    ['a constant error', errorAt(0)],
    ['a bias that stays', errorAt(-0.5, 1)],
    ['n^(-0.05)', errorAt(-0.05)],
    ['a growing error', errorAt(0.5)],
  ])('rejects %s', async (_, errors) => {
    await expect(expectVanishing('law', errors, { from: 8, to: 128, rng: stream(1) })).rejects.toThrow(
      'law: the error does not vanish: mean error',
    );
  });
  it('is undecided at the end of its budget, and says so', async () => {
    await expect(
      expectVanishing('law', errorAt(-0.5), { from: 8, to: 128, rng: stream(1), budget: 5 }),
    ).rejects.toThrow('not decided with 5 pairs of runs');
  });
  it('refuses errors that are no numbers', async () => {
    await expect(expectVanishing('law', () => Number.NaN, { from: 8, to: 128, rng: stream(1) })).rejects.toThrow(
      'error at 8 must be a finite number',
    );
  });
});

describe('convergence to the limit catches', () => {
  const phases = {
    flow: phaseGradientFlow(),
    poisson: phasePoissonJump({ jumpSize: 1 }),
    bernoulli: phaseBernoulliJump({ learningRate: 0.5, keepRate: 0.5 }),
    penalizedFlow: phasePenalizedFlow({ activeCount: 1 }),
    penalizedJump: phasePenalizedJump({ jumpSize: 0.5, activeCount: 1 }),
  };
  const crowded: FiniteNetworkRun = (phase, of, { width, ...run }) => {
    const { learningRate, keepRate } = phaseScaling(phase)(width);
    return train(of, { width, learningRate, keepRate: 4 * keepRate, ...run, throwOnFailure: true }).predictions;
  };
  const geometry: FiniteNetworkRun = (phase, of, { width, ...run }) =>
    train(of, { width, ...phaseScaling(phase)(width), ...run, variant: 'random-geometry', throwOnFailure: true })
      .predictions;
  const until =
    (factor: number): LimitSolver =>
    (phase, of, run) =>
      pathLimit(phase, of, { ...run, horizon: factor * run.horizon });
  const unpenalized: LimitSolver = (_phase, of, run) => pathLimit(phases.flow, of, run);
  // A bias is caught where it is larger than the fluctuation: the subtler ones at larger widths.
  const wide = { from: 32, to: 128 };
  it.each([
    ['a limit that runs twice as long', phases.flow, { limit: until(2) }],
    ['a limit that runs half as long', phases.poisson, { limit: until(0.5) }],
    ['steps that are too few', phases.bernoulli, { limit: until(0.5) }],
    ['a penalty that is missing: random geometry', phases.penalizedFlow, { finite: geometry, ...wide }],
    ['partners that are missing: random geometry', phases.penalizedJump, { finite: geometry, ...wide }],
    ['four times the active neurons', phases.penalizedFlow, { finite: crowded, ...wide }],
    ['a limit without partners', phases.penalizedFlow, { limit: unpenalized, ...wide }],
  ])('%s', async (_, phase, system) => {
    const options = { particles: 512, ...system, rng: stream(1) };
    await expect(expectConvergenceToLimit(phase, task, options)).rejects.toThrow(/does not vanish/);
  });
});

describe('boundaries catch', () => {
  const wrong = (change: (phase: Parameters<LimitSolver>[0]) => Parameters<LimitSolver>[0]): LimitSolver => {
    return (phase, of, run) => pathLimit(change(phase), of, run);
  };
  it.each([
    [
      'jumps of a rate that does not go up',
      jumpToFlow,
      wrong((p) => (p.id === 'poisson-jump' ? { ...p, jumpSize: 0.5 } : p)),
    ],
    [
      'a flow that lost its penalty',
      penalizedJumpToFlow(1),
      wrong((p) => (p.id === 'penalized-flow' ? phaseGradientFlow() : p)),
    ],
    [
      'a penalty that stays',
      penalizedFlowToFlow,
      wrong((p) => (p.id === 'penalized-flow' ? { ...p, activeCount: 2 } : p)),
    ],
    [
      'partners that stay few',
      penalizedJumpToJump(),
      wrong((p) => (p.id === 'penalized-jump' ? { ...p, activeCount: 2 } : p)),
    ],
  ])('%s', async (_, boundary, solver) => {
    await expect(
      expectBoundary(boundary, task, { rng: stream(1), particles: 64, falseAlarm: 1e-4 }, solver),
    ).rejects.toThrow(/does not vanish/);
  });
});

describe('rates', () => {
  it('accepts the right exponent, and rejects those that are off by 0.35', async () => {
    const errorAt = (size: number, rng: Stream) => Math.abs(normal(rng)) / Math.sqrt(size);
    const sizes = { small: 16, large: 128, rng: stream(1) };
    await expectRate('rate', errorAt, { ...sizes, exponent: -0.5 });
    await expect(expectRate('rate', errorAt, { ...sizes, exponent: -0.85 })).rejects.toThrow(/rejected/);
    await expect(expectRate('rate', errorAt, { ...sizes, exponent: -0.15 })).rejects.toThrow(/rejected/);
  });
  it('catches luck that all neurons share', async () => {
    // A random length of training, the same for all neurons: its fluctuation does not fall with the width.
    const shared: FiniteNetworkRun = (phase, of, { width, horizon, rng }) =>
      dropoutAlongPhase(phase, of, { width, horizon: horizon * (1 + 0.5 * normal(rng.split('time')) ** 2), rng });
    const phase = phaseBernoulliJump({ learningRate: 1 / 8, keepRate: 0.5 });
    await expect(
      expectPredictedRate(phase, task, { finite: shared, rng: stream(1), falseAlarm: 1e-4 }),
    ).rejects.toThrow(/rate of bernoulli-jump/);
  });
});

describe('laws of a process catch', () => {
  it('particles that are moved one after the other', async () => {
    const sampler = (rng: Stream) => {
      const x = Float64Array.from({ length: 3 }, () => rng.uniform() - 0.5);
      for (let i = 0; i < 3; i++) x[i] = 0.2 + x[0]! + x[1]! + x[2]!;
      return x;
    };
    await expect(expectExchangeabilityInLaw(sampler, { dimension: 1, rng: stream(1) })).rejects.toThrow(/rejected/);
  });
  it('a scheme whose noise does not shrink with its step', async () => {
    const { process, initial } = meanFieldOrnsteinUhlenbeck();
    const options = { initial: initial(4), until: 1, step: 0.25, rng: stream(1) };
    await expectStepHalving(process, { ...options, scheme: (step) => eulerMaruyama({ step }) });
    // Starts from an end that depends on the step alone by its size: the difference of two steps never vanishes.
    const wrong = (step: number): Scheme => eulerMaruyama({ step: 0.1 + 0.15 * (Math.log2(1 / step) % 2) });
    await expect(expectStepHalving(process, { ...options, scheme: wrong })).rejects.toThrow(/step halving/);
  });
  it('a solver whose mean is off by two standard deviations', async () => {
    const problems = fc.sample(solvableProcesses(), { seed: 1, numRuns: 12 });
    expect(new Set(problems.map(({ name }) => name)).size).toBe(4);
    for (const problem of problems) {
      const shift = 2 * problem.bias + 2 * Math.sqrt(problem.variance(32)) + 1e-9;
      const shifted = expectExactMean((...request) => Array.from(solveProblem(...request), (x) => x + shift), problem, {
        rng: stream(1),
      });
      // Without noise and motion the two agree: a problem at rest.
      await expect(shifted).rejects.toThrow(/exact mean/);
    }
  });
});
