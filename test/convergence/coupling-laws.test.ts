import { describe, expect, test } from 'vitest';
import {
  agreementClaim,
  type Comparison,
  type Coupling,
  couple,
  jumpsToDiffusion,
  limitNeurons,
  meanEstimate,
  networkToLimit,
  referencePath,
  twoNetworks,
  twoSteps,
  twoWidths,
} from '../../src/convergence/index.ts';
import {
  type LinearMoments,
  linearDiffusionMoments,
  linearLimitMoments,
  linearOracle,
  momentsOfIndependentStart,
  type Phase,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from '../../src/dropout/index.ts';
import type { Distance } from '../../src/measure/index.ts';
import { independentNormals } from '../../src/network/index.ts';
import { poissonClock, stream } from '../../src/random/index.ts';
import { linearTask, type MOMENTS, momentsOf } from '../dropout/linear-task.ts';

/** One linear neuron, φ(x) = x, target 1, start N(0.5, 1): all moments are known (docs/theory.md section 5). */
const TASK = linearTask(1, independentNormals([1], [0.5]));
const START = { mean: 0.5, secondMoment: 1.25 };
const PROBLEM = { target: 1, start: START, time: 1 };

/** F(μ_t) = E X of a phase, exactly. */
function exactReference(phase: Phase) {
  const times = Float64Array.from({ length: 41 }, (_, k) => k / 40);
  return referencePath(
    times,
    times.map((time) => linearLimitMoments(phase, { ...PROBLEM, time }).mean),
  );
}

type Moments = Partial<Record<(typeof MOMENTS)[number], number>>;

/** The moments of both sides at time 1 over replicates, against exact ones. False alarm 1e-8 a coupling. */
function check(coupling: Coupling, replicates: number, exact: readonly [Moments, Moments]): void {
  const sides: [LinearMoments[], LinearMoments[]] = [[], []];
  for (let r = 0; r < replicates; r++) {
    const options = { horizon: 1, rng: stream(11).split(coupling.name, r), comparisons: 1 };
    // The distance is a way to see the clouds: nothing is measured.
    const distance: Distance = (first, second) => {
      sides[0].push(momentsOf(first.particles));
      sides[1].push(momentsOf(second.particles));
      return 0;
    };
    couple(TASK, coupling, { ...options, distance });
  }
  const comparisons = sides.flatMap((moments, side) =>
    Object.entries(exact[side]!).map(([key, value]): Comparison => {
      const { value: simulated, standardError, degrees } = meanEstimate(moments.map((m) => m[key as 'mean']));
      return { name: `${key}, side ${side}`, simulated, standardError, degrees, exact: value };
    }),
  );
  const claim = agreementClaim({ claim: coupling.name, comparisons, independent: 1, falseAlarm: 1e-8 });
  expect(claim.verdict, claim.detail).toBe('holds');
}

function network(width: number, learningRate: number, keepRate: number): Moments {
  const start = momentsOfIndependentStart({ width, ...START });
  const steps = Math.round(1 / learningRate);
  return linearOracle({ width, learningRate, keepRate, target: 1, variant: 'dropout', start, steps });
}

/** A limit neuron's own moments; the square of the cloud's mean is the coupling's. */
function neuron(phase: Phase): Moments {
  const { mean, secondMoment } = linearLimitMoments(phase, PROBLEM);
  return { mean, secondMoment };
}

describe('each side has the law that it has alone', () => {
  test.each([
    { phase: phaseGradientFlow(), tau: 0.1, q: 0.4 },
    { phase: phasePenalizedFlow({ activeCount: 2 }), tau: 0.1, q: 0.4 },
    { phase: phaseBernoulliJump({ learningRate: 0.2, keepRate: 0.4 }), tau: 0.2, q: 0.4 },
    { phase: phasePoissonJump({ jumpSize: 0.4 }), tau: 0.1, q: undefined },
    { phase: phasePoissonJump({ jumpSize: 0.4 }), tau: 0.1, q: 0.12 },
    { phase: phasePoissonJump({ jumpSize: 0.4 }), tau: 0.1, q: 0.25 },
  ])('network and $phase.id, q = $q', ({ phase, tau, q }) => {
    const reference = exactReference(phase);
    const coupling = networkToLimit({
      phase,
      width: 20,
      learningRate: tau,
      reference,
      flowStep: 0.1,
      ...(q && { keepRate: q }),
    });
    check(coupling, 200, [network(20, tau, q ?? -Math.expm1(-tau / 0.4)), neuron(phase)]);
  });

  test('two networks', () => {
    check(twoWidths({ widths: [16, 24], learningRate: 0.2, keepRate: 0.4 }), 200, [
      network(16, 0.2, 0.4),
      network(24, 0.2, 0.4),
    ]);
    const fine = network(16, 0.1, 0.2);
    check(twoSteps({ width: 16, learningRate: 0.2, keepRate: 0.4, refinement: 2 }), 200, [network(16, 0.2, 0.4), fine]);
    const first = { width: 20, learningRate: 0.2, keepRate: 0.4 };
    check(twoNetworks({ first, second: { ...first, keepRate: 0.9 } }), 200, [
      network(20, 0.2, 0.4),
      network(20, 0.2, 0.9),
    ]);
  });

  test('jumps and their diffusion approximation', () => {
    // Their means interact: that moves second moments by about 1/64, less than a standard error, 0.018.
    const jumpSize = 0.4;
    const diffusion = linearDiffusionMoments({ ...PROBLEM, jumpSize });
    const exact = { mean: diffusion.mean, secondMoment: diffusion.secondMoment };
    check(jumpsToDiffusion({ jumpSize, particles: 64, step: 1 / 16 }), 100, [
      neuron(phasePoissonJump({ jumpSize })),
      exact,
    ]);
  });

  test('the copies of penalized jumps, up to the order 1/n at which they meet', () => {
    const phase = phasePenalizedJump({ jumpSize: 0.5, activeCount: 2 });
    const exact = linearLimitMoments(phase, PROBLEM);
    const width = 256;
    const coupling = networkToLimit({ phase, width, learningRate: 1 / width, keepRate: 2 / width });
    const runs = Array.from({ length: 60 }, (_, r) => {
      const { paths } = couple(TASK, coupling, {
        horizon: 1,
        rng: stream(12).split(r),
        comparisons: 1,
        tracked: width,
      });
      return momentsOf(paths.map(({ second }) => second.at(-1)![0]!));
    });
    for (const key of ['mean', 'secondMoment'] as const) {
      const { value, standardError } = meanEstimate(runs.map((run) => run[key]));
      // bench/couplings.ts: off by 0.05/n and 0.5/n. False alarm 1e-8; without partners the second moment is off by 0.2.
      const allowed = 1 / width + 5.7 * standardError;
      expect(Math.abs(value - exact[key]), `${key}, standard error ${standardError}`).toBeLessThan(allowed);
    }
  });
});

describe('the partners of a penalized jump', () => {
  const points = [1, -0.4, 2.5];
  const [jumpSize, rung] = [1e-7, 0.5];

  // c/n = τ/α: every ring counts. Below: rings are thinned. Above: partners are added.
  test.each([{ c: 3 * rung }, { c: 0.6 }, { c: 3 }])('are Poisson($c) neurons', ({ c }) => {
    // A linear neuron's jump shows its S, and such short jumps leave the neurons where they are. Each j ≠ i is a partner
    // r = min(c/n, τ/α) times in the mean, and random neurons fill up to c. So E S = (x_i + rΣ_{j≠i}x_j + (c - (n - 1)r)x̄)/c, and
    // the variance is as that of Poisson numbers. False alarm 1e-8.
    const steps = 10000;
    const learningRate = rung * jumpSize;
    const rng = stream(15);
    const neurons = Float64Array.from(points);
    const phase = phasePenalizedJump({ jumpSize, activeCount: c });
    const options = { phase, learningRate, keepRate: 0.4, horizon: steps * learningRate, flowStep: 1, rng };
    const limits = limitNeurons(linearTask(0), neurons, options);
    const walk = poissonClock({ count: 3, rate: 1 / jumpSize, rng: rng.split('clock') }).walk();
    const seen: number[][] = [[], [], []];
    let restless = 0;
    for (let k = 0; k < steps; k++) {
      const before = neurons.slice();
      limits.advanceTo((k + 1) * learningRate);
      const rings = [0, 0, 0];
      for (; walk.time <= (k + 1) * learningRate; walk.next()) rings[walk.particle]!++;
      rings.forEach((count, i) => {
        if (count === 0 && neurons[i] !== before[i]) restless++;
        if (count === 1) seen[i]!.push((before[i]! - neurons[i]!) / jumpSize);
      });
    }
    expect(restless).toBe(0);
    const r = Math.min(c / 3, rung);
    const partners = (values: number[], i: number) => {
      const sum = values.reduce((a, b) => a + b);
      return r * (sum - values[i]!) + ((c - 2 * r) * sum) / 3;
    };
    const squares = points.map((x) => x * x);
    const comparisons = points.flatMap((x, i): Comparison[] => {
      const first = meanEstimate(seen[i]!);
      const exact = (x + partners(points, i)) / c;
      const second = meanEstimate(seen[i]!.map((s) => (s - exact) ** 2));
      return [
        { name: `mean ${i}`, simulated: first.value, standardError: first.standardError, exact },
        {
          name: `variance ${i}`,
          simulated: second.value,
          standardError: second.standardError,
          exact: partners(squares, i) / c ** 2,
        },
      ];
    });
    const claim = agreementClaim({ claim: 'Poisson partners', comparisons, independent: 1, falseAlarm: 1e-8 });
    expect(claim.verdict, `${claim.detail} ${claim.scores}`).toBe('holds');
  });

  test('are those of the network: at the first steps a neuron moves as its copy does, but for O(1/n) of them', () => {
    const share = (width: number) => {
      const phase = phasePenalizedJump({ jumpSize: 0.5, activeCount: 2 });
      const coupling = networkToLimit({ phase, width, learningRate: 1 / width, keepRate: 2 / width });
      const runs = Array.from({ length: 4096 / width }, (_, r) => {
        const { pathErrors } = couple(TASK, coupling, { horizon: 0.1, rng: stream(13).split(width, r) });
        return pathErrors.filter((e) => e > 1e-9).length / width;
      });
      return meanEstimate(runs);
    };
    const [wide, narrow] = [share(1024), share(64)];
    // 1/16 of it, within a factor 2 and five standard errors.
    expect(wide.value).toBeLessThan(narrow.value / 8 + 5 * wide.standardError);
    expect(narrow.value).toBeGreaterThan(0);
    expect(narrow.value).toBeLessThan(0.1);
  });
});

describe('masks of the network', () => {
  const [jumpSize, tau, count] = [0.5, 0.1, 40];
  const natural = -Math.expm1(-tau / jumpSize);

  test.each([
    { name: 'natural', q: natural },
    { name: 'thinned', q: 0.12 },
    { name: 'added to', q: 0.3 },
  ])('$name: the keep rate, and their place among the rings', ({ q }) => {
    const phase = phasePoissonJump({ jumpSize });
    const reference = referencePath(Float64Array.of(0, 1), Float64Array.of(0, 0));
    const neurons = new Float64Array(count).fill(1);
    const options = { phase, learningRate: tau, keepRate: q, horizon: 40, reference, flowStep: 1, rng: stream(14) };
    const limits = limitNeurons(TASK, neurons, options);
    const active = new Int32Array(count);
    const [steps, seen] = [400, { active: 0, ringing: 0, both: 0 }];
    for (let k = 0; k < steps; k++) {
      const before = neurons.slice();
      limits.advanceTo((k + 1) * tau);
      const masks = new Set(active.subarray(0, limits.masks.activeInto(k, active)));
      for (let i = 0; i < count; i++) {
        const rings = neurons[i] !== before[i];
        seen.active += Number(masks.has(i));
        seen.ringing += Number(rings);
        seen.both += Number(rings && masks.has(i));
      }
    }
    // Maximal coupling: one is part of the other. 16000 masks, six standard deviations: false alarm 2e-9 each.
    expect(seen.both).toBe(Math.min(seen.active, seen.ringing));
    expect(Math.abs(seen.active / (steps * count) - q)).toBeLessThan(6 * Math.sqrt((q * (1 - q)) / (steps * count)));
    expect(Math.abs(seen.ringing / (steps * count) - natural)).toBeLessThan(
      6 * Math.sqrt((natural * (1 - natural)) / (steps * count)),
    );
    if (q === natural) expect(seen.active).toBe(seen.ringing);
  });
});
