import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearLimitMoments, linearOracle, momentsOfIndependentStart } from '../../src/dropout/oracle/index.ts';
import {
  type Phase,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from '../../src/dropout/phase/index.ts';

const PHASES: Phase[] = [
  phaseGradientFlow(),
  phasePoissonJump({ jumpSize: 0.7 }),
  phaseBernoulliJump({ learningRate: 0.3, keepRate: 0.6 }),
  phasePenalizedFlow({ activeCount: 1 }),
  phasePenalizedFlow({ activeCount: 2.5 }),
  phasePenalizedJump({ jumpSize: 0.5, activeCount: 2 }),
  // Unstable: the second moment grows.
  phasePenalizedJump({ jumpSize: 1.5, activeCount: 0.8 }),
];

/** E[x⁺² − x²] of one update of size `step`, by brute force: x two-valued, partners Poisson(c) copies of it, summed out. */
function secondMomentChange(law: [number, number][], y: number, step: number, c: number): number {
  const mean = law.reduce((sum, [x, p]) => sum + p * x, 0);
  let total = 0;
  for (const [x, p] of law) {
    if (c === Number.POSITIVE_INFINITY) {
      total += p * ((x - step * (mean - y)) ** 2 - x * x);
      continue;
    }
    const [[u, weight], [w]] = law as [[number, number], [number, number]];
    // N ~ Poisson(c) partners, K of them at u: independent Poisson(c·weight) and Poisson(c·(1 − weight)) counts.
    for (let k = 0, pk = Math.exp(-c * weight); k < 60; pk *= (c * weight) / ++k)
      for (let l = 0, pl = Math.exp(-c * (1 - weight)); l < 60; pl *= (c * (1 - weight)) / ++l)
        total += p * pk * pl * ((x - step * ((x + k * u + l * w) / c - y)) ** 2 - x * x);
  }
  return total;
}

describe('limit moments', () => {
  // y = 1, X₀ ~ N(0, 1), time 1 (2 for Bernoulli): the limit column of the project's reference cases.
  const table: [Phase, number, number, number][] = [
    [phaseBernoulliJump({ learningRate: 0.5, keepRate: 0.5 }), 2, 0.9375, 2.2109375],
    [phasePoissonJump({ jumpSize: 0.5 }), 1, 1 - Math.exp(-1), 1.61574258],
    [phaseGradientFlow(), 1, 0.632120559, 1.399576401],
    [phasePenalizedFlow({ activeCount: 2 }), 1, 0.517913227, 0.636113551],
    [phasePenalizedJump({ jumpSize: 0.5, activeCount: 2 }), 1, 0.517913227, 0.931761675],
  ];
  test.each(table)('reference case %j at t = %d', (phase, time, mean, secondMoment) => {
    const end = linearLimitMoments(phase, { target: 1, start: { mean: 0, secondMoment: 1 }, time });
    expect(Math.abs(end.mean - mean)).toBeLessThan(6e-10);
    expect(Math.abs(end.secondMoment - secondMoment)).toBeLessThan(6e-10);
    expect(end.squaredMean).toBe(end.mean ** 2);
  });

  test.each(PHASES.filter(({ id }) => id !== 'bernoulli-jump'))(
    'the rate of change is the generator’s: %j',
    (phase) => {
      // A two-valued law; its change over one update, by brute force, against the derivative of the closed form at 0.
      const law: [number, number][] = [
        [1.3, 0.35],
        [-0.4, 0.65],
      ];
      const y = 0.6;
      const start = {
        mean: law.reduce((sum, [x, p]) => sum + p * x, 0),
        secondMoment: law.reduce((sum, [x, p]) => sum + p * x * x, 0),
      };
      const at = (time: number) => linearLimitMoments(phase, { target: y, start, time }).secondMoment;
      const h = 1e-3;
      // Forward difference of order 3, as t < 0 is not allowed: error O(h³).
      const slope = (-11 * at(0) + 18 * at(h) - 9 * at(2 * h) + 2 * at(3 * h)) / (6 * h);
      const c = 'activeCount' in phase ? phase.activeCount : Number.POSITIVE_INFINITY;
      // A flow is the limit of small jumps: extrapolate two small sizes to 0 (the change is exactly quadratic in the size).
      const alpha = 'jumpSize' in phase ? phase.jumpSize : 1;
      const [half, full] = [alpha / 2, alpha].map((size) => secondMomentChange(law, y, size, c) / size) as [
        number,
        number,
      ];
      const expected = 'jumpSize' in phase ? full : 2 * half - full;
      expect(Math.abs(slope - expected)).toBeLessThan(2e-7 * (1 + Math.abs(expected)));
    },
  );

  test.each(PHASES)('semigroup: s + t later is t later than s, %j', (phase) => {
    fc.assert(
      fc.property(
        fc.record({
          y: fc.double({ min: -2, max: 2, noNaN: true }),
          mean: fc.double({ min: -2, max: 2, noNaN: true }),
          variance: fc.double({ min: 0, max: 3, noNaN: true }),
          s: fc.double({ min: 0, max: 4, noNaN: true }),
          t: fc.double({ min: 0, max: 4, noNaN: true }),
        }),
        ({ y, mean, variance, ...times }) => {
          // Whole steps, so that rounding to steps plays no part.
          const unit = phase.id === 'bernoulli-jump' ? phase.learningRate : 0;
          const [s, t] =
            unit > 0 ? [Math.round(times.s / unit) * unit, Math.round(times.t / unit) * unit] : [times.s, times.t];
          const start = { mean, secondMoment: mean * mean + variance };
          const direct = linearLimitMoments(phase, { target: y, start, time: s + t });
          const first = linearLimitMoments(phase, { target: y, start, time: s });
          // Rounding may leave a variance of −1e-16.
          const middle = { mean: first.mean, secondMoment: Math.max(first.secondMoment, first.squaredMean) };
          const later = linearLimitMoments(phase, { target: y, start: middle, time: t });
          expect(Math.abs(later.mean - direct.mean)).toBeLessThan(1e-13 * (1 + Math.abs(direct.mean)) * 10);
          expect(Math.abs(later.secondMoment - direct.secondMoment)).toBeLessThan(1e-12 * (1 + direct.secondMoment));
        },
      ),
      { seed: 2, numRuns: 100 },
    );
  });

  test('the Bernoulli limit is its one-step recursion, also for τ > 1', () => {
    for (const [tau, q] of [
      [0.3, 0.6],
      [1, 0.5],
      [2, 0.9],
      [2.3, 0.7],
    ] as const) {
      const y = 0.7;
      let [m, s] = [-0.4, 1.5];
      for (let k = 1; k <= 6; k++) {
        [m, s] = [m - tau * (m - y), s - 2 * tau * m * (m - y) + ((tau * tau) / q) * (m - y) ** 2];
        const phase = phaseBernoulliJump({ learningRate: tau, keepRate: q });
        const end = linearLimitMoments(phase, { target: y, start: { mean: -0.4, secondMoment: 1.5 }, time: k * tau });
        expect(end.mean).toBeCloseTo(m, 12);
        expect(Math.abs(end.secondMoment - s)).toBeLessThan(1e-12 * (1 + s));
      }
    }
  });

  test('neighbouring phases meet: α → 0, c → ∞, q and τ → 0', () => {
    const problem = { target: 1, start: { mean: -0.3, secondMoment: 0.8 }, time: 1.3 };
    const s = (phase: Phase) => linearLimitMoments(phase, problem).secondMoment;
    const pairs: [Phase, Phase][] = [
      [phasePoissonJump({ jumpSize: 1e-9 }), phaseGradientFlow()],
      [phasePenalizedFlow({ activeCount: 1e9 }), phaseGradientFlow()],
      [phasePenalizedJump({ jumpSize: 1e-9, activeCount: 2 }), phasePenalizedFlow({ activeCount: 2 })],
      [phasePenalizedJump({ jumpSize: 0.5, activeCount: 1e9 }), phasePoissonJump({ jumpSize: 0.5 })],
    ];
    for (const [near, at] of pairs) expect(Math.abs(s(near) - s(at))).toBeLessThan(1e-7);
    const bernoulli = phaseBernoulliJump({ learningRate: 1.3e-6, keepRate: 2.6e-6 });
    expect(Math.abs(s(bernoulli) - s(phasePoissonJump({ jumpSize: 0.5 })))).toBeLessThan(1e-5);
  });

  test('finite networks come within O(1/n) of the limit in every phase', () => {
    // (finite − limit)·n is bounded and settles: Richardson on two widths leaves an error of higher order.
    const scalings: [Phase, (n: number) => [number, number]][] = [
      [phaseBernoulliJump({ learningRate: 0.25, keepRate: 0.5 }), () => [0.25, 0.5]],
      [phasePoissonJump({ jumpSize: 0.5 }), (n) => [16 / n, 32 / n]],
      [phasePenalizedFlow({ activeCount: 3 }), (n) => [n ** -2, 3 / n]],
      [phasePenalizedJump({ jumpSize: 0.5, activeCount: 4 }), (n) => [2 / n, 4 / n]],
    ];
    for (const [phase, scaling] of scalings) {
      const errors = [256, 512].map((width) => {
        const [learningRate, keepRate] = scaling(width);
        const start = momentsOfIndependentStart({ width, mean: 0.4, secondMoment: 1 });
        const steps = Math.round(1 / learningRate);
        const end = linearOracle({ width, learningRate, keepRate, target: 1, start, steps });
        const limit = phase.id === 'poisson-jump' ? phasePenalizedJump({ jumpSize: 0.5, activeCount: 32 }) : phase;
        return (
          end.secondMoment -
          linearLimitMoments(limit, { target: 1, start: { mean: 0.4, secondMoment: 1 }, time: 1 }).secondMoment
        );
      }) as [number, number];
      expect(errors[0] / errors[1]).toBeGreaterThan(1.8);
      expect(errors[0] / errors[1]).toBeLessThan(2.2);
    }
  });

  test('bad arguments are named, and overflow is a divergence', () => {
    const good = { target: 1, start: { mean: 0, secondMoment: 1 }, time: 1 };
    expect(() => linearLimitMoments(phaseGradientFlow(), { ...good, time: -1 })).toThrow('time');
    expect(() => linearLimitMoments(phaseGradientFlow(), { ...good, start: { mean: 2, secondMoment: 1 } })).toThrow(
      'start.secondMoment must be at least mean² = 4, got 1',
    );
    expect(() => linearLimitMoments({ id: 'jump' } as unknown as Phase, good)).toThrow('phase must be one of');
    const unstable = phasePenalizedJump({ jumpSize: 100, activeCount: 0.1 });
    expect(() => linearLimitMoments(unstable, { ...good, time: 100 })).toThrow('diverged at time 100');
  });
});
