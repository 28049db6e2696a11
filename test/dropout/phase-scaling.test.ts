import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  classify,
  classifyScaling,
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
import { anyPhase } from './any-phase.ts';

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
