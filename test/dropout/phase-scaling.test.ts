import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  classify,
  classifyNetwork,
  classifyScaling,
  PHASE_IDS,
  type Phase,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
  phasePowerLaw,
  phaseScaling,
  powerLawScaling,
} from '../../src/dropout/phase/index.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anyPhase: fc.Arbitrary<Phase> = fc.oneof(
  fc.constant(phaseGradientFlow()),
  fc.record({ jumpSize: number(0.1, 5) }).map(phasePoissonJump),
  fc.record({ learningRate: number(0.1, 3), keepRate: number(0.1, 1) }).map(phaseBernoulliJump),
  fc.record({ activeCount: number(0.2, 20) }).map(phasePenalizedFlow),
  fc.record({ jumpSize: number(0.1, 5), activeCount: number(0.2, 20) }).map(phasePenalizedJump),
);

function expectPhase(actual: Phase | null, expected: Phase, tolerance: number) {
  expect(actual?.id).toBe(expected.id);
  for (const [name, value] of Object.entries(expected))
    if (typeof value === 'number')
      expect(Math.abs((actual as unknown as Record<string, number>)[name]! / value - 1)).toBeLessThan(tolerance);
}

describe('scalings along a phase', () => {
  test('law: the power law of a phase has that phase as its limit, with its parameters', () => {
    fc.assert(
      fc.property(anyPhase, (phase) => {
        const law = phasePowerLaw(phase);
        expectPhase(classify(law).value, phase, 1e-12);
        const rates = powerLawScaling(law)(1000);
        expect(phaseScaling(phase)(1000)).toEqual(rates);
        expect(rates.keepRate).toBeLessThanOrEqual(1);
        if (phase.id === 'poisson-jump') expect(Math.max(law.learningRate!, law.keepRate!)).toBeLessThanOrEqual(1);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  test('law: seen only through its values, it is the same phase', () => {
    fc.assert(
      fc.property(anyPhase, (phase) => {
        const found = classifyScaling(phaseScaling(phase));
        expect(found.undetermined).toEqual([]);
        expectPhase(found.value, phase, 1e-9);
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  test('other exponents of the same phase; those of another phase are refused', () => {
    const poisson = phasePowerLaw(phasePoissonJump({ jumpSize: 0.5 }), { learningRateExponent: 0.25 });
    expect(poisson).toMatchObject({ learningRateExponent: 0.25, keepRateExponent: 0.25 });
    const flow = phasePowerLaw(phaseGradientFlow(), { learningRateExponent: 1 });
    expect(flow).toMatchObject({ learningRateExponent: 1, keepRateExponent: 0.25 });
    expect(() => phasePowerLaw(phaseGradientFlow(), { keepRateExponent: 0.75 })).toThrow(
      'exponents must be a pair (a, b) of gradient-flow, not of poisson-jump, got "0.75, 0.75"',
    );
    expect(() => phasePowerLaw(phasePenalizedFlow({ activeCount: 1 }), { learningRateExponent: 0.5 })).toThrow(
      'exploding-jumps',
    );
  });
});

describe('classifyScaling: from values alone', () => {
  const of = (tau: (n: number) => number, q: (n: number) => number) =>
    classifyScaling((n) => ({ learningRate: tau(n), keepRate: Math.min(1, q(n)) }));
  const root = (n: number) => n ** -0.5;

  test('power laws that are not exact: corrections, logarithms beside a power, noise beside a power', () => {
    const corrected = of(
      () => 0.3,
      (n) => 0.5 + 0.3 * n ** -0.2,
    ).value;
    expectPhase(corrected, phaseBernoulliJump({ learningRate: 0.3, keepRate: 0.5 }), 2e-3);
    expectPhase(of(root, (n) => -Math.expm1(-root(n) / 0.7)).value, phasePoissonJump({ jumpSize: 0.7 }), 1e-5);
    // A formula that loses its digits at large widths.
    expectPhase(
      of(
        (n) => 1 / n,
        (n) => 1 - Math.exp(-2 / n),
      ).value,
      phasePenalizedJump({ jumpSize: 0.5, activeCount: 2 }),
      1e-3,
    );
    expectPhase(
      of(
        (n) => n ** -1.5,
        (n) => (3 + 5 * root(n)) / n,
      ).value,
      phasePenalizedFlow({ activeCount: 3 }),
      1e-3,
    );
    expectPhase(
      of(
        (n) => n ** -0.75 * Math.log(n) ** 2,
        (n) => n ** -0.25 / Math.log(n),
      ).value,
      phaseGradientFlow(),
      1,
    );
    expectPhase(of((n) => (2 + Math.sin(n)) / n, root).value, phaseGradientFlow(), 1);
  });

  test('degenerate regimes, several at once', () => {
    expect(of(() => 0.1, root).degenerate).toEqual(['exploding-jumps']);
    expect(
      of(
        (n) => n ** -3,
        (n) => n ** -1.5,
      ).degenerate,
    ).toEqual(['starved']);
    expect(
      of(
        (n) => n ** 0.1,
        (n) => n ** -2,
      ).degenerate,
    ).toEqual(['exploding-jumps', 'starved', 'diverging-step']);
  });

  test('what finite widths cannot tell is undetermined, with the quantity and a reason', () => {
    const cases: [ReturnType<typeof of>, string][] = [
      [of((n) => root(n) * Math.log(n), root), 'jumpSize'],
      [of((n) => root(n) / Math.log(n), root), 'jumpSize'],
      [
        of(
          (n) => n ** -2,
          (n) => Math.log(n) / n,
        ),
        'activeCount',
      ],
      [
        of(
          (n) => n ** -2,
          (n) => Math.log(n) ** 3 / n,
        ),
        'activeCount',
      ],
      [of((n) => root(n) * Math.log(Math.log(n)), root), 'jumpSize'],
      [of((n) => root(n) * (2 + Math.sin(Math.log(n))), root), 'jumpSize'],
      [of((n) => root(n) * (2 + Math.sin(n)), root), 'jumpSize'],
      [
        of(
          () => 0.5,
          (n) => (n % 2 === 0 ? 0.4 : 0.5),
        ),
        'jumpSize',
      ],
      [of((n) => n ** -0.51, root), 'jumpSize'],
      [of((n) => n ** -0.53 * (2 + Math.sin(n)), root), 'jumpSize'],
      [of((n) => n ** -0.7 * Math.exp(-2 * Math.sin(Math.log(n))), root), 'jumpSize'],
      // A law that changes near the end of the widths.
      [
        of(
          (n) => Math.max(1 / n, 5e-12),
          (n) => n ** -0.25,
        ),
        'learningRate',
      ],
      [of((n) => root(n) * (root(n) + 1e-5), root), 'jumpSize'],
      [
        of(
          (n) => Math.exp(-n / 100),
          () => 0.5,
        ),
        'learningRate',
      ],
    ];
    for (const [found, quantity] of cases) {
      expect(found.phase).toBeNull();
      expect(found.value).toBeNull();
      expect(found.undetermined).toContain(quantity);
      const trend = found.evidence.trends[quantity as 'jumpSize'];
      expect(trend.limit).toBe('undetermined');
      expect(trend.reason).not.toBe('');
    }
    expect(cases[0]![0].evidence.trends.jumpSize.logExponent).toBeCloseTo(1, 6);
  });

  test('a degenerate regime is reported beside what is undetermined', () => {
    const found = of(
      (n) => 1 / Math.log(n),
      (n) => n ** -2,
    );
    expect(found).toMatchObject({
      phase: null,
      degenerate: ['exploding-jumps', 'starved'],
      undetermined: ['learningRate'],
    });
  });

  test('the evidence: integer widths of both parities, the values there, exponents', () => {
    const { evidence } = of(
      (n) => 3 * n ** -0.75,
      (n) => n ** -0.25,
    );
    const { widths, learningRates, trends } = evidence;
    expect(widths.every((n) => Number.isSafeInteger(n))).toBe(true);
    expect(widths.some((n) => n % 2 === 1)).toBe(true);
    expect(learningRates[5]).toBe(3 * widths[5]! ** -0.75);
    expect(trends.jumpSize.exponent).toBeCloseTo(-0.5, 9);
    expect(trends.activeCount.exponent).toBeCloseTo(0.75, 9);
    expect(trends.learningRate.residual).toBeLessThan(1e-9);
  });

  test('bad scalings are named at the width where they fail', () => {
    expect(() => classifyScaling(1 as never)).toThrow('scaling must be a function');
    expect(() => of(() => Number.NaN, root)).toThrow('scaling(64).learningRate');
    expect(() => classifyScaling((n) => ({ learningRate: 1, keepRate: n / 1000 }))).toThrow(
      /scaling\(1\d\d\d\)\.keepRate/,
    );
    expect(() => classifyScaling(() => undefined as never)).toThrow('scaling(64)');
    expect(() => of(() => 0, root)).toThrow('scaling(64)');
    expect(() => classifyScaling(phaseScaling(phaseGradientFlow()), { maxWidth: 1000 })).toThrow('maxWidth');
  });
});

describe('classifyNetwork: one finite network', () => {
  test('the three numbers, the penalty and the errors, by hand', () => {
    const found = classifyNetwork({ width: 100, learningRate: 0.02, keepRate: 0.2 });
    expect(found.jumpSize).toBeCloseTo(0.1, 15);
    expect(found.activeCount).toBeCloseTo(20, 13);
    expect(found.penalty).toBeCloseTo(0.04, 15);
    const bias = {
      'gradient-flow': 0.15,
      'poisson-jump': 0.07,
      'bernoulli-jump': 0.05,
      'penalized-flow': 0.11,
      'penalized-jump': 0.03,
    };
    for (const id of PHASE_IDS) {
      expect(found.details[id].bias).toBeCloseTo(bias[id], 14);
      expect(found.errors[id]).toBeCloseTo(Math.hypot(0.1, bias[id]), 14);
    }
    expect(Object.keys(found.errors)).toEqual([...PHASE_IDS]);
    // 1/c is λ_n exactly.
    expect(found.details['penalized-flow'].limit).toEqual(phasePenalizedFlow({ activeCount: 25 }));
    // n^(−1/3) = 0.215: the simplest limit is as good as any here.
    expect(found.nearest).toBe('gradient-flow');
    expect(classifyNetwork({ width: 100, learningRate: 0.02, keepRate: 0.2, tolerance: 0.05 }).nearest).toBe(
      'poisson-jump',
    );
    expect(classifyNetwork({ width: 100, learningRate: 0.02, keepRate: 0.2, tolerance: 0 }).nearest).toBe(
      'penalized-jump',
    );
  });

  test('law: along the scaling of a phase, wide networks are nearest to that phase', () => {
    fc.assert(
      fc.property(anyPhase, (phase) => {
        // Below, the parameters (down to 0.1, up to 20) are of the order of the tolerance: at n = 10^7 it is 0.0046.
        const width = 1e7;
        expect(classifyNetwork({ width, ...phaseScaling(phase)(width) }).nearest).toBe(phase.id);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test('typical networks of a thousand neurons', () => {
    const typical: [tau: number, q: number, phase: string][] = [
      [0.01, 0.5, 'gradient-flow'],
      [0.001, 1, 'gradient-flow'],
      [0.03, 0.03, 'poisson-jump'],
      [0.02, 0.04, 'poisson-jump'],
      [0.5, 0.5, 'bernoulli-jump'],
      [0.5, 1, 'bernoulli-jump'],
      [0.0001, 0.004, 'penalized-flow'],
      [0.001, 0.002, 'penalized-jump'],
    ];
    for (const [learningRate, keepRate, phase] of typical)
      expect(classifyNetwork({ width: 1000, learningRate, keepRate }).nearest).toBe(phase);
  });

  test('at keep rate 1 there is no penalty and no penalized limit', () => {
    const found = classifyNetwork({ width: 1000, learningRate: 0.3, keepRate: 1, tolerance: 0 });
    expect(found.penalty).toBe(0);
    expect(found.details['penalized-jump'].limit).toBeNull();
    expect(found.nearest).toBe('bernoulli-jump');
  });

  test('constants scale their terms', () => {
    const constants = { fluctuation: 2, width: 0, jump: 3, step: 5, penalty: 7 };
    const { details } = classifyNetwork({ width: 100, learningRate: 0.02, keepRate: 0.2, constants });
    expect(details['gradient-flow'].fluctuation).toBeCloseTo(0.2, 15);
    expect(details['gradient-flow'].bias).toBeCloseTo(3 * 0.1 + 7 * 0.04, 14);
    expect(details['poisson-jump'].bias).toBeCloseTo(5 * 0.02 + 7 * 0.04, 14);
  });

  test('bad arguments are named', () => {
    const good = { width: 10, learningRate: 0.1, keepRate: 0.5 };
    expect(() => classifyNetwork({ ...good, width: 0 })).toThrow('width must be an integer in [1, inf), got 0');
    expect(() => classifyNetwork({ ...good, learningRate: 0 })).toThrow('learningRate');
    expect(() => classifyNetwork({ ...good, keepRate: 2 })).toThrow('keepRate');
    expect(() => classifyNetwork({ ...good, tolerance: -1 })).toThrow('tolerance');
    expect(() => classifyNetwork({ ...good, constants: { jump: -1 } })).toThrow('constants.jump');
  });
});
