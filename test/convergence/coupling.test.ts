import { describe, expect, test } from 'vitest';
import {
  type CoupleOptions,
  type Coupling,
  couple,
  jumpsToDiffusion,
  limitReference,
  networkToLimit,
  referencePath,
  twoNetworks,
  twoSteps,
  twoVariants,
  twoWidths,
} from '../../src/convergence/index.ts';
import {
  linearLimitMoments,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
  VARIANTS,
} from '../../src/dropout/index.ts';
import { wasserstein1, wasserstein2 } from '../../src/measure/index.ts';
import { fixedPoints, independentNormals, learningTask, linearNeuron } from '../../src/network/index.ts';
import { stream } from '../../src/random/index.ts';
import { allCouplings, tanhTask } from './coupling-table.ts';

const TASK = tanhTask();
const COUPLINGS = allCouplings();
const OPTIONS: CoupleOptions = { horizon: 1, rng: stream(1) };
const STILL = twoNetworks({
  first: { width: 3, learningRate: 0.5, keepRate: 0.5 },
  second: { width: 3, learningRate: 0.5, keepRate: 0.5 },
});

describe.each(COUPLINGS.map((coupling, k) => ({ name: `${k} ${coupling.name}`, coupling })))(
  '$name',
  ({ coupling }) => {
    test('starts together, and stays within the coupling inequality', () => {
      for (const [distance, key] of [
        [wasserstein1, 'meanDistance'],
        [wasserstein2, 'rootMeanSquareDistance'],
      ] as const) {
        const { outcome, moments } = couple(TASK, coupling, { ...OPTIONS, times: [0, 0.5, 1], distance });
        expect(outcome).toMatchObject({ code: 'completed', message: '' });
        expect(moments.map(({ time }) => Math.round(2 * time))).toEqual([0, 1, 2]);
        expect(moments[0]!.pathErrors.every((e) => e === 0)).toBe(true);
        if (coupling.name === 'two-widths') continue;
        for (const moment of moments) expect(moment.distance!).toBeLessThanOrEqual(moment[key] * (1 + 1e-12));
      }
    });

    test('is the same run again, whatever is measured on the way', () => {
      const [one, two] = [{}, { times: [0.2, 0.5, 1], comparisons: 100, tracked: 2 }].map((more) =>
        couple(TASK, coupling, { ...OPTIONS, comparisons: 100, ...more }),
      );
      expect(two!.moments.at(-1)!.predictions[0]).toEqual(one!.moments[0]!.predictions[0]);
      const flow = coupling.name.endsWith('flow');
      two!.moments.at(-1)!.predictions[1].forEach((value, j) => {
        expect(value).toBeCloseTo(one!.moments[0]!.predictions[1][j]!, flow ? 6 : 13);
      });
    });

    test('path errors grow, and are at least every distance on the way', () => {
      const result = couple(TASK, coupling, {
        ...OPTIONS,
        comparisons: 'every-step',
        times: [0.3, 0.6, 1],
        tracked: 3,
      });
      const { moments, paths, pathTimes, pathErrors } = result;
      moments.forEach((moment, k) => {
        expect(moment.meanPathError).toBeGreaterThanOrEqual(moment.meanDistance);
        if (k > 0) expect(moment.pathErrors.every((e, i) => e >= moments[k - 1]!.pathErrors[i]!)).toBe(true);
      });
      expect(moments.at(-1)!.pathErrors).toEqual(pathErrors);
      paths.forEach(({ first, second }, i) => {
        expect(first.length).toBe(pathTimes.length);
        const gaps = first.map((x, k) => Math.hypot(...x.map((v, l) => v - second[k]![l]!)));
        expect(Math.max(...gaps)).toBeCloseTo(pathErrors[i]!, 14);
      });
      const coarse = couple(TASK, coupling, { ...OPTIONS, comparisons: 3, times: [0.3, 0.6, 1] });
      expect(coarse.moments.at(-1)!.meanPathError).toBeLessThanOrEqual(moments.at(-1)!.meanPathError + 1e-6);
    });
  },
);

describe('two networks', () => {
  test.each(VARIANTS)('%s against itself: a difference of exactly 0', (variant) => {
    const rates = { width: 30, learningRate: 0.1, keepRate: 0.3 };
    for (const coupling of [
      twoVariants({ ...rates, variants: [variant, variant] }),
      twoNetworks({ first: { ...rates, variant }, second: { ...rates, variant } }),
      twoVariants({ ...rates, keepRate: 1, variants: [variant, variant] }),
    ]) {
      const { pathErrors, moments } = couple(TASK, coupling, OPTIONS);
      expect(pathErrors.every((e) => e === 0)).toBe(true);
      expect(moments[0]!.predictionError).toBe(0);
      expect(moments[0]!.predictions[0].some((f) => f !== 0)).toBe(true);
    }
  });

  /** Which of the first neurons each side has moved in its first tick. */
  function moved(coupling: Coupling, tick: number, width: number, seed: number): [boolean[], boolean[]] {
    const { paths } = couple(TASK, coupling, { horizon: tick, rng: stream(seed), comparisons: 1, tracked: width });
    const has = (side: readonly Float64Array[]) => side[1]!.some((v, k) => v !== side[0]![k]);
    return [paths.map(({ first }) => has(first)), paths.map(({ second }) => has(second))];
  }

  test('the first neurons of two widths have the same masks; the wider network has more neurons', () => {
    const coupling = twoWidths({ widths: [200, 300], learningRate: 0.1, keepRate: 0.4 });
    const [narrow, wide] = moved(coupling, 0.1, 200, 1);
    expect(wide).toEqual(narrow);
    expect(narrow.filter(Boolean).length).toBeGreaterThan(30);
  });

  test('a network takes the keep rate of its clocks by itself: its neurons move in the steps in which the limit neurons do', () => {
    const phase = phasePoissonJump({ jumpSize: 0.5 });
    const reference = referencePath(Float64Array.of(0, 1), new Float64Array(8));
    const coupling = networkToLimit({ phase, width: 500, learningRate: 0.25, reference });
    const [network, limits] = moved(coupling, 0.25, 500, 3);
    expect(network).toEqual(limits);
    expect(network.filter(Boolean).length).toBeGreaterThan(100);
  });

  test('the masks of a coarse step hold those of its fine steps, those of a larger keep rate those of a smaller one', () => {
    const rates = { width: 5000, learningRate: 0.1, keepRate: 0.4 };
    const share = (flags: boolean[]) => flags.filter(Boolean).length / flags.length;
    for (const [coupling, expected] of [
      [twoSteps({ ...rates, refinement: 4 }), 1 - 0.9 ** 4],
      [twoNetworks({ first: rates, second: { ...rates, keepRate: 0.15 } }), 0.15],
    ] as const) {
      const [larger, smaller] = moved(coupling, 0.1, rates.width, 2);
      expect(smaller.every((is, i) => !is || larger[i])).toBe(true);
      // Six standard deviations: false alarm 2e-9 each.
      expect(Math.abs(share(larger) - 0.4)).toBeLessThan(6 * Math.sqrt(0.24 / 5000));
      expect(Math.abs(share(smaller) - expected)).toBeLessThan(6 * Math.sqrt(0.25 / 5000));
    }
  });
});

test('the diffusion follows the jumps at a distance of order α log(1/α), the flow at √α', () => {
  const error = (jumpSize: number, approximation: 'diffusion' | 'flow') => {
    const coupling = jumpsToDiffusion({ jumpSize, particles: 256, approximation });
    return couple(TASK, coupling, { ...OPTIONS, throwOnFailure: true }).moments[0]!.meanPathError;
  };
  // bench/couplings.ts: 0.217 and 0.113 for the flow, 0.084 and 0.029 for the diffusion; 256 neurons know them to 4 %.
  const [flow, shortFlow] = [error(0.1, 'flow'), error(0.025, 'flow')];
  const [diffusion, shortDiffusion] = [error(0.1, 'diffusion'), error(0.025, 'diffusion')];
  expect(diffusion).toBeLessThan(0.5 * flow);
  expect(Math.abs(Math.log(flow / shortFlow) / Math.log(4) - 0.48)).toBeLessThan(0.12);
  expect(Math.abs(Math.log(diffusion / shortDiffusion) / Math.log(4) - 0.77)).toBeLessThan(0.12);
});

test('limitReference knows F(μ_t) of linear neurons', () => {
  const task = learningTask({
    neuron: linearNeuron({ inputs: [[1]] }),
    targets: [1],
    initial: independentNormals([1]),
  });
  const out = new Float64Array(1);
  for (const phase of [phaseGradientFlow(), phaseBernoulliJump({ learningRate: 0.1, keepRate: 1 })]) {
    const reference = limitReference(phase, task, { particles: 1024, horizon: 1, rng: stream(1) });
    for (const time of [0, 0.3, 1]) {
      reference.at(time, out);
      const exact = linearLimitMoments(phase, { target: 1, start: { mean: 0, secondMoment: 1 }, time });
      // No noise but that of a Sobol start: its mean is some 1e-3 from 0.
      expect(Math.abs(out[0]! - exact.mean)).toBeLessThan(4e-3);
    }
  }
});

describe('common randomness', () => {
  test.each([
    { name: 'dropout and random geometry', coupling: COUPLINGS[7]!, saves: 3 },
    { name: 'jumps and their diffusion approximation', coupling: COUPLINGS[12]!, saves: 2 },
    { name: 'network and penalized jumps', coupling: COUPLINGS[6]!, saves: 8 },
  ])('of $name: the difference of predictions has a small variance', ({ coupling, saves }) => {
    // 60 pairs. The ratio of two variances with 59 degrees of freedom each is within a factor 5 of the truth but for 1e-9.
    const runs = Array.from({ length: 60 }, (_, r) => {
      const [f, g] = couple(TASK, coupling, { horizon: 1, rng: stream(8).split(r), comparisons: 1 }).moments[0]!
        .predictions;
      return { alone: f[0]!, apart: f[0]! - g[0]! };
    });
    const variance = (values: number[]) => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      return values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    };
    const ratio = variance(runs.map((run) => run.alone)) / variance(runs.map((run) => run.apart));
    expect(ratio).toBeGreaterThan(saves);
  });
});

describe('outcomes', () => {
  test('a network that diverges ends the run with what was measured', () => {
    const task = learningTask({
      neuron: linearNeuron({ inputs: [[1]] }),
      targets: [1],
      initial: fixedPoints([[1], [2], [1e100]]),
    });
    const rates = { width: 3, learningRate: 100, keepRate: 1 };
    const coupling = twoVariants({ ...rates, variants: ['none', 'dropout'] });
    const { outcome, moments } = couple(task, coupling, { horizon: 1e5, rng: stream(1), times: [100, 1e5] });
    expect(outcome.code).toBe('diverged');
    expect(outcome.message).toContain('learningRate');
    expect(outcome.time).toBeGreaterThan(100);
    expect(moments.map(({ time }) => time)).toEqual([100]);
    expect(() => couple(task, coupling, { horizon: 1e5, rng: stream(1), throwOnFailure: true })).toThrow('diverged');
  });

  test('progress, and a signal that it fires', () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const progress = (fraction: number) => {
      seen.push(fraction);
      if (fraction >= 0.5) controller.abort();
    };
    const { outcome } = couple(TASK, COUPLINGS[2]!, { ...OPTIONS, progress, signal: controller.signal });
    expect(outcome).toMatchObject({ code: 'aborted', time: 0.5, steps: 10 });
    expect(seen.every((f, k) => f >= 0 && f <= 1 && (k === 0 || f > seen[k - 1]!))).toBe(true);
  });

  test('bad arguments are named', () => {
    expect(() => couple(TASK, STILL, { ...OPTIONS, horizon: 0 })).toThrow('horizon');
    expect(() => couple(TASK, STILL, { ...OPTIONS, times: [2] })).toThrow('times[0]');
    expect(() => couple(TASK, STILL, { ...OPTIONS, times: [0.5, 0.2] })).toThrow('times[1]');
    expect(() => couple(TASK, STILL, { ...OPTIONS, comparisons: 0 })).toThrow('comparisons');
    expect(() => couple(TASK, STILL, { ...OPTIONS, tracked: 4 })).toThrow('tracked');
    expect(() => couple(TASK, {} as Coupling, OPTIONS)).toThrow('coupling');
    const poisson = { phase: phasePoissonJump({ jumpSize: 1 }), width: 3, learningRate: 0.1 };
    expect(() => networkToLimit(poisson)).toThrow('reference');
    const reference = referencePath(Float64Array.of(0, 1), new Float64Array(8));
    expect(() => networkToLimit({ ...poisson, reference, width: 0 })).toThrow('width');
    expect(() => networkToLimit({ phase: phaseGradientFlow(), width: 3, reference })).toThrow('learningRate');
    expect(() => networkToLimit({ phase: phaseGradientFlow(), width: 3, reference, learningRate: 1 })).toThrow(
      'keepRate',
    );
    const penalized = { phase: phasePenalizedJump({ jumpSize: 1, activeCount: 1 }), width: 3, learningRate: 0.1 };
    expect(networkToLimit(penalized).name).toBe('network-to-penalized-jump');
    const first = { width: 3, learningRate: 0.1, keepRate: 0.5 };
    expect(() => twoNetworks({ first, second: { ...first, learningRate: 0.07 } })).toThrow('learningRate');
    expect(() => twoNetworks({ first, second: { ...first, keepRate: 2 } })).toThrow('second.keepRate');
    expect(() => twoSteps({ ...first, refinement: 1 })).toThrow('refinement');
  });
});

test.each([Number.NaN, Infinity])(
  'a side whose particles become %d ends the run as diverged, however the coupling made it',
  (value) => {
    const broken: Coupling = {
      name: 'broken',
      shared: 'nothing',
      start: () => {
        const side = () => ({ particles: new Float64Array(2 * TASK.neuron.dimension), count: 2 });
        const [first, second] = [side(), side()];
        const advanceTo = (index: number) => {
          if (index > 2) first.particles[0] = value;
        };
        return { first, second, pairs: 2, tick: 0.25, ticks: 4, advanceTo };
      },
    };
    const { outcome, pathErrors } = couple(TASK, broken, { ...OPTIONS, comparisons: 'every-step' });
    expect(outcome).toMatchObject({ code: 'diverged', time: 0.75 });
    expect(pathErrors).toHaveLength(2);
  },
);

test.each([phaseGradientFlow(), phasePenalizedFlow({ activeCount: 2 })])(
  'limit neurons of %j are where short steps of fixed length bring them, at every comparison',
  (phase) => {
    const m = TASK.neuron.samples;
    const reference = referencePath(
      Float64Array.of(0, 0.5, 1, 1.5),
      Float64Array.from({ length: 4 * m }, (_, k) => Math.tanh(k / m)),
    );
    const rates = { phase, width: 12, learningRate: 0.05, keepRate: 0.5, reference };
    const [adaptive, fixed] = [{}, { flowStep: 0.005 }].map((more) =>
      couple(TASK, networkToLimit({ ...rates, ...more }), {
        horizon: 1.5,
        rng: stream(8),
        comparisons: 30,
        tracked: 12,
        times: [],
      }),
    );
    expect(adaptive!.paths[0]!.second).toHaveLength(31);
    const errors = adaptive!.paths.flatMap((path, i) =>
      path.second.flatMap((x, k) => [...x.map((value, j) => Math.abs(value - fixed!.paths[i]!.second[k]![j]!))]),
    );
    // A step errs by 1e-5 of a number, root mean square over the neurons; the worst of them by some times more.
    expect(Math.hypot(...errors) / Math.sqrt(errors.length)).toBeLessThan(5e-5);
    expect(Math.max(...errors)).toBeLessThan(1e-3);
  },
);
