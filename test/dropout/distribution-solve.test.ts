import { describe, expect, test } from 'vitest';
import {
  arrayRqmc,
  characteristics,
  DISTRIBUTION_SCHEMES,
  defaultRepresentation,
  grid,
  type SolveDistributionOptions,
  solveDistribution,
  solveDistributionAsync,
  splitAndCompress,
} from '../../src/dropout/distribution/index.ts';
import {
  linearLimitMoments,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from '../../src/dropout/index.ts';
import { fixedPoints, independentNormals } from '../../src/network/index.ts';
import { stream } from '../../src/random/index.ts';
import { tanhPlane, tanhSpace } from './distribution-tasks.ts';
import { linearTask } from './linear-task.ts';

const task = linearTask(1);
const flow = phaseGradientFlow();
const jump = phasePoissonJump({ jumpSize: 0.5 });

describe('what is saved', () => {
  test('times are hit exactly, whatever the step; measures on request', () => {
    const saveAt = [0, 0.17, 0.17, 1];
    const { times, saved, final, outcome } = solveDistribution(flow, task, {
      horizon: 1,
      saveAt,
      time: { step: 0.3 },
      measures: true,
    });
    expect([...times]).toEqual(saveAt);
    saved.forEach((law, i) => {
      expect(law.time).toBe(saveAt[i]);
      const exact = linearLimitMoments(flow, { target: 1, start: { mean: 0, secondMoment: 1 }, time: saveAt[i]! });
      expect(law.mean[0]).toBeCloseTo(exact.mean, 4);
      expect(law.predictions[0]).toBeCloseTo(exact.mean, 4);
      expect(law.risk).toBeCloseTo((exact.mean - 1) ** 2 / 2, 4);
      expect(law.penalizedRisk).toBe(law.risk);
      expect(law.measure!.kind).toBe('empirical');
    });
    expect(saved[3]!.mean).toEqual(final.mean);
    expect(final.error!.total.mean[0]).toBeGreaterThan(0);
    expect(outcome).toEqual({ code: 'completed', time: 1, steps: 1 + 3, message: '' });
    expect(saved[0]!.error!.total.mean[0]).toBeLessThan(1e-15);
  });

  test('Bernoulli jumps: the law at a time is that after the steps before it', () => {
    const phase = phaseBernoulliJump({ learningRate: 0.3, keepRate: 0.5 });
    const { saved, outcome, final } = solveDistribution(phase, task, {
      horizon: 1,
      saveAt: [0, 0.29, 0.3, 0.6, 0.75],
      representation: splitAndCompress({ atoms: 32 }),
    });
    expect(outcome.steps).toBe(3);
    expect(outcome.time).toBeCloseTo(0.9, 15);
    const means = [0, 1, 2, 3].map((k) => 1 - 0.7 ** k);
    [0, 0, 1, 2, 2].forEach((k, i) => {
      expect(saved[i]!.mean[0]).toBeCloseTo(means[k]!, 13);
    });
    expect(final.mean[0]).toBeCloseTo(means[3]!, 13);
    expect(final.error!.time).toBeUndefined();
  });
});

describe('errors', () => {
  test('random methods report a standard error over replicates, deterministic ones run once', () => {
    const options = { horizon: 0.5, rng: stream(3) };
    const random = solveDistribution(jump, task, {
      ...options,
      representation: arrayRqmc({ particles: 64 }),
      replicates: 3,
    });
    expect(random.replicates).toBe(3);
    expect(random.final.error!.random!.predictions[0]).toBeGreaterThan(0);
    expect(random.final.error!.space).toBeUndefined();
    const certain = solveDistribution(jump, task, { ...options, representation: grid({ cells: 50 }), replicates: 3 });
    expect(certain.replicates).toBe(1);
    expect(certain.final.error!.random).toBeUndefined();
    expect(certain.final.error!.space!.secondMoment[0]).toBeGreaterThan(0);
    const none = solveDistribution(jump, task, {
      ...options,
      representation: grid({ cells: 50 }),
      estimateError: false,
    });
    expect(none.final.error).toBeUndefined();
    expect(none.final.predictions).toEqual(certain.final.predictions);
  });

  test('partner sums: the error is estimated over scramblings, and falls with their number', () => {
    const phase = phasePenalizedJump({ jumpSize: 0.5, activeCount: 1.5 });
    const errors = [4, 64].map((partnerPoints) => {
      const { final } = solveDistribution(phase, tanhPlane(), {
        horizon: 0.5,
        representation: grid({ cells: 17 }),
        time: { scheme: 'heun', step: 0.25 },
        partnerPoints,
        replicates: 8,
        rng: stream(4),
      });
      return final.error!.random!.predictions.reduce((a, b) => a + b);
    });
    // Independent draws would gain a factor of 4.
    expect(errors[0]! / errors[1]!).toBeGreaterThan(4);
  });
});

test('the same stream gives the same bits, sync or not; progress rises to 1', async () => {
  const options = { horizon: 0.5, representation: arrayRqmc({ particles: 128 }), replicates: 2, rng: stream(9) };
  const progress: number[] = [];
  const a = solveDistribution(jump, tanhSpace(), { ...options, progress: (fraction) => progress.push(fraction) });
  const b = await solveDistributionAsync(jump, tanhSpace(), options);
  expect(b.final.predictions).toEqual(a.final.predictions);
  expect(progress[progress.length - 1]).toBe(1);
  expect(progress.every((value, i) => i === 0 || value >= progress[i - 1]!)).toBe(true);
});

describe('runs that do not complete', () => {
  test('an abort keeps what was saved', async () => {
    const controller = new AbortController();
    const { outcome, times, final } = await solveDistributionAsync(flow, task, {
      horizon: 1,
      saveAt: [0.1, 0.2, 0.9],
      time: { step: 0.01 },
      progress: (fraction) => fraction > 0.25 && controller.abort(),
      signal: controller.signal,
    });
    expect(outcome.code).toBe('aborted');
    expect([...times]).toEqual([0.1, 0.2]);
    expect(final.time).toBe(outcome.time);
    expect(final.error).toBeUndefined();
  });

  test('unstable jumps diverge, as data or as an error', () => {
    const phase = phaseBernoulliJump({ learningRate: 9, keepRate: 1 });
    const options = { horizon: 9 * 400, representation: splitAndCompress({ atoms: 32 }) };
    expect(solveDistribution(phase, task, options).outcome.code).toBe('diverged');
    expect(() => solveDistribution(phase, task, { ...options, throwOnFailure: true })).toThrow('diverged');
  });
});

describe('wrong requests stop before any work', () => {
  const ask =
    (options: Partial<SolveDistributionOptions>, phase: Parameters<typeof solveDistribution>[0] = jump, of = task) =>
    () =>
      solveDistribution(phase, of, { horizon: 1, rng: stream(1), ...options });
  test('representations that cannot solve the phase', () => {
    expect(ask({ representation: characteristics({ nodes: 8 }) })).toThrow('grid, split-and-compress or array-rqmc');
    expect(ask({ representation: arrayRqmc({ particles: 8 }) }, flow)).toThrow('characteristics or grid');
    expect(ask({ representation: splitAndCompress({ atoms: 3 }) })).toThrow('atoms must be at least m + 2p + 1 = 4');
    expect(ask({ representation: grid({ cells: [8, 8] }) })).toThrow('cells.length must be 1');
    expect(
      ask({ representation: characteristics({ nodes: 8 }) }, flow, {
        ...task,
        initial: { ...independentNormals([1]), normal: undefined } as never,
      }),
    ).toThrow('points');
  });
  test('numbers, schemes, streams and times', () => {
    expect(ask({ horizon: 0 })).toThrow('horizon');
    expect(ask({ time: { step: -1 } })).toThrow('time.step');
    expect(ask({ time: { scheme: 'rk4' } })).toThrow('one of euler, heun, ssp-rk3, ssp-rk4, exponential');
    expect(ask({ time: { step: 0.1 } }, phaseBernoulliJump({ learningRate: 0.1, keepRate: 0.5 }))).toThrow('time');
    expect(ask({ horizon: 0.01 }, phaseBernoulliJump({ learningRate: 0.1, keepRate: 0.5 }))).toThrow('horizon');
    expect(ask({ saveAt: [0.5, 0.2] })).toThrow('saveAt[1]');
    expect(() => solveDistribution(phasePenalizedJump({ jumpSize: 1, activeCount: 1 }), task, { horizon: 1 })).toThrow(
      'rng',
    );
    expect(ask({ replicates: 0 })).toThrow('replicates');
    expect(ask({ partnerPoints: 1 })).toThrow('partnerPoints');
    expect(() => grid({ cells: 4 })).toThrow('cells[0]');
    expect(() => grid({ cells: 50, bounds: [[1, 0]] })).toThrow('bounds[0][1]');
    expect(() => characteristics({ nodes: 0 })).toThrow('nodes');
  });
});

test('defaults: quadrature or points for flows, a grid on the line and array-RQMC elsewhere for jumps', () => {
  expect(defaultRepresentation(flow, tanhPlane())).toMatchObject({ kind: 'characteristics', points: 'quadrature' });
  expect(defaultRepresentation(flow, tanhSpace(), 500)).toMatchObject({ nodes: 500, points: 'sobol' });
  expect(defaultRepresentation(jump, task)).toMatchObject({ kind: 'grid', cells: 400 });
  expect(defaultRepresentation(jump, tanhPlane(), 256)).toMatchObject({ kind: 'array-rqmc', particles: 256 });
  const fixed = solveDistribution(flow, linearTask(1, fixedPoints([[0], [3]])), { horizon: 1, saveAt: [0] });
  expect(fixed.saved[0]!.secondMoment[0]).toBe(4.5);
});

test('the table of schemes names a scheme once, with an order and a use', () => {
  expect(new Set(DISTRIBUTION_SCHEMES.map(({ name }) => name)).size).toBe(DISTRIBUTION_SCHEMES.length);
  for (const row of DISTRIBUTION_SCHEMES) expect(row.chooseWhen.length).toBeGreaterThan(10);
});
