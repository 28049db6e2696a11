import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkPhase,
  classify,
  PHASE_IDS,
  PHASE_PARAMETERS,
  type Phase,
  phaseBernoulliJump,
  phaseDiagram,
  phaseFrom,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from '../../src/dropout/phase/index.ts';

type Row = [a: number, b: number, tau: number, q: number, expected: object];

const law = (a: number, b: number, tau: number, q: number) => ({
  learningRateExponent: a,
  keepRateExponent: b,
  learningRate: tau,
  keepRate: q,
});

/** jumpSize, activeCount, learningRate, keepRate. */
const limits = (alpha: number | null, c: number | null, tau: number | null, q: number) => ({
  jumpSize: alpha,
  activeCount: c,
  learningRate: tau,
  keepRate: q,
});

describe('classify: phases of power laws and their boundaries', () => {
  const phases: Row[] = [
    [0.75, 0.25, 1, 1, { phase: 'gradient-flow', ...limits(0, null, 0, 0) }],
    [1, 0, 1, 0.5, { phase: 'gradient-flow', ...limits(0, null, 0, 0.5) }],
    [0.01, 0, 3, 7, { phase: 'gradient-flow', ...limits(0, null, 0, 1) }],
    [0.5, -1, 2, 0.1, { phase: 'gradient-flow', ...limits(0, null, 0, 1) }],
    [5, 0.99, 1, 1, { phase: 'gradient-flow', ...limits(0, null, 0, 0) }],
    [0.5, 0.5, 1, 2, { phase: 'poisson-jump', value: phasePoissonJump({ jumpSize: 0.5 }), ...limits(0.5, null, 0, 0) }],
    [1 / 3, 1 / 3, 3, 2, { phase: 'poisson-jump', ...limits(1.5, null, 0, 0) }],
    [
      0,
      0,
      0.5,
      0.25,
      {
        phase: 'bernoulli-jump',
        value: phaseBernoulliJump({ learningRate: 0.5, keepRate: 0.25 }),
        ...limits(2, null, 0.5, 0.25),
      },
    ],
    // The cap: a prefactor above 1, or a growing keep rate, is full-batch gradient descent.
    [0, 0, 0.5, 3, { phase: 'bernoulli-jump', ...limits(0.5, null, 0.5, 1) }],
    [0, -0.5, 0.5, 0.01, { phase: 'bernoulli-jump', ...limits(0.5, null, 0.5, 1) }],
    [1.5, 1, 1, 2, { phase: 'penalized-flow', value: phasePenalizedFlow({ activeCount: 2 }), ...limits(0, 2, 0, 0) }],
    [
      1,
      1,
      1,
      2,
      {
        phase: 'penalized-jump',
        value: phasePenalizedJump({ jumpSize: 0.5, activeCount: 2 }),
        ...limits(0.5, 2, 0, 0),
      },
    ],
  ];
  test.each(phases)('a = %d, b = %d, τ₀ = %d, q₀ = %d', (a, b, tau, q, expected) => {
    expect(classify(law(a, b, tau, q))).toMatchObject({ degenerate: [], ...expected });
  });

  const degenerate: Row[] = [
    [0, 0.5, 1, 1, { degenerate: ['exploding-jumps'], ...limits(null, null, 1, 0) }],
    [0.3, 0.7, 1, 1, { degenerate: ['exploding-jumps'], ...limits(null, null, 0, 0) }],
    [0.5, 1, 1, 3, { degenerate: ['exploding-jumps'], ...limits(null, 3, 0, 0) }],
    [2, 1.5, 1, 1, { degenerate: ['starved'], ...limits(0, 0, 0, 0) }],
    [1.5, 1.5, 1, 2, { degenerate: ['starved'], ...limits(0.5, 0, 0, 0) }],
    [1, 1.5, 1, 1, { degenerate: ['exploding-jumps', 'starved'], ...limits(null, 0, 0, 0) }],
    // A diverging step explodes the jumps too, as q ≤ 1.
    [-1, 0, 1, 1, { degenerate: ['exploding-jumps', 'diverging-step'], ...limits(null, null, null, 1) }],
    [-1, -2, 1, 1, { degenerate: ['exploding-jumps', 'diverging-step'], ...limits(null, null, null, 1) }],
    [-1, 1, 1, 4, { degenerate: ['exploding-jumps', 'diverging-step'], ...limits(null, 4, null, 0) }],
    [-1, 2, 1, 1, { degenerate: ['exploding-jumps', 'starved', 'diverging-step'], ...limits(null, 0, null, 0) }],
  ];
  test.each(degenerate)('a = %d, b = %d, τ₀ = %d, q₀ = %d: degenerate', (a, b, tau, q, expected) => {
    expect(classify(law(a, b, tau, q))).toMatchObject({ phase: null, value: null, ...expected });
  });

  test('prefactors default to 1', () => {
    expect(classify({ learningRateExponent: 1, keepRateExponent: 1 })).toMatchObject({ jumpSize: 1, activeCount: 1 });
  });

  test('law: the limits are those of τ/q, qn, τ and q themselves', () => {
    const exponent = fc.constantFrom(-1, -0.5, 0, 0.25, 0.5, 0.75, 1, 1.25, 2);
    const prefactor = fc.double({ min: 0.1, max: 5, noNaN: true });
    fc.assert(
      fc.property(exponent, exponent, prefactor, prefactor, (a, b, tau, q) => {
        const found = classify(law(a, b, tau, q));
        // Exponents differ by at least 1/4: at n = 2^200 a vanishing quantity is below 2^-40, a diverging one above 2^40.
        const n = 2 ** 200;
        const rates = { tau: tau * n ** -a, q: Math.min(1, q * n ** -b) };
        const check = (limit: number | null, value: number) => {
          if (limit === null) expect(value).toBeGreaterThan(2 ** 40);
          else if (limit === 0) expect(value).toBeLessThan(2 ** -40);
          else expect(value / limit).toBeCloseTo(1, 9);
        };
        check(found.jumpSize, rates.tau / rates.q);
        check(found.activeCount, rates.q * n);
        check(found.learningRate, rates.tau);
        check(found.keepRate, rates.q);
        expect(found.phase === null).toBe(found.degenerate.length > 0);
        expect(found.value?.id ?? null).toBe(found.phase);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test('bad arguments are named', () => {
    expect(() => classify(law(Number.NaN, 0, 1, 1))).toThrow('learningRateExponent must be a finite number, got NaN');
    expect(() => classify(law(0, Number.POSITIVE_INFINITY, 1, 1))).toThrow('keepRateExponent');
    expect(() => classify(law(0, 0, 0, 1))).toThrow('learningRate must be a finite number in (0, inf), got 0');
    expect(() => classify(law(0, 0, 1, -1))).toThrow('keepRate');
    expect(() => classify(law(0.5, 0.5, 1e-200, 1e200))).toThrow('learningRate / keepRate');
  });
});

describe('phases as values', () => {
  const all: Phase[] = [
    phaseGradientFlow(),
    phasePoissonJump({ jumpSize: 0.5 }),
    phaseBernoulliJump({ learningRate: 0.5, keepRate: 1 }),
    phasePenalizedFlow({ activeCount: 0.3 }),
    phasePenalizedJump({ jumpSize: 2, activeCount: 3 }),
  ];
  test('the ids are complete, and each has its parameters', () => {
    expect(all.map(({ id }) => id)).toEqual([...PHASE_IDS]);
    for (const phase of all) {
      expect(Object.keys(phase)).toEqual(['id', ...PHASE_PARAMETERS[phase.id]]);
      expect(checkPhase('phase', phase)).toEqual(phase);
      expect(checkPhase('phase', JSON.parse(JSON.stringify(phase)))).toEqual(phase);
    }
  });

  test('bad parameters are named', () => {
    expect(() => phasePoissonJump({ jumpSize: 0 })).toThrow('jumpSize must be a finite number in (0, inf), got 0');
    expect(() => phaseBernoulliJump({ learningRate: 1, keepRate: 1.5 })).toThrow(
      'keepRate must be a finite number in (0, 1], got 1.5',
    );
    expect(() => phasePenalizedFlow({ activeCount: -1 })).toThrow('activeCount');
    expect(() => phaseFrom('flow')).toThrow('phase must be one of gradient-flow, ');
    expect(() => phaseFrom('penalized-jump', { jumpSize: 1 })).toThrow(
      'activeCount must be given for penalized-jump, got undefined',
    );
    expect(() => phaseFrom('poisson-jump', { jumpSize: 1, activeCount: 2 })).toThrow(
      'activeCount must be left out: poisson-jump takes jumpSize, got 2',
    );
    expect(() => phaseFrom('gradient-flow', { keepRate: 1 })).toThrow('gradient-flow takes no parameter');
    expect(() => checkPhase('phase', 'gradient-flow')).toThrow('phase must be a phase');
  });
});

/** Signed area: positive where the vertices go counter-clockwise. */
function areaOf(vertices: readonly (readonly [number, number])[]): number {
  return vertices.reduce((sum, [x, y], i) => {
    const [u, v] = vertices[(i + 1) % vertices.length]!;
    return sum + (x * v - u * y) / 2;
  }, 0);
}

describe('the phase diagram', () => {
  test('the default window has each phase once and every degenerate region', () => {
    const { parts } = phaseDiagram();
    expect(parts.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      'region gradient-flow',
      'region exploding-jumps',
      'region exploding-jumps+starved',
      'region starved',
      'region exploding-jumps+diverging-step',
      'region exploding-jumps+starved+diverging-step',
      'line poisson-jump',
      'line penalized-flow',
      'point bernoulli-jump',
      'point penalized-jump',
    ]);
  });

  test('law: a region says what classify says at its inner points, and regions tile any window', () => {
    const end = fc.integer({ min: -12, max: 12 }).map((k) => k / 4);
    const side = fc.integer({ min: 1, max: 12 }).map((k) => k / 4);
    fc.assert(
      fc.property(end, side, end, side, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, da, b, db, share) => {
        const window = { learningRateExponents: [a, a + da], keepRateExponents: [b, b + db] } as const;
        const { parts } = phaseDiagram(window);
        expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
        let area = 0;
        for (const { kind, vertices, phase, degenerate, label } of parts) {
          if (kind === 'region') {
            const own = areaOf(vertices);
            expect(own).toBeGreaterThan(0);
            area += own;
          }
          // Towards each vertex from the label, but not on it.
          for (const [x, y] of vertices) {
            const [u, v] = [label[0] + share * (x - label[0]), label[1] + share * (y - label[1])];
            expect(classify({ learningRateExponent: u, keepRateExponent: v })).toMatchObject({ phase, degenerate });
          }
        }
        expect(area).toBeCloseTo(da * db, 10);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  test('a region that only touches the window is left out, its border is not', () => {
    const { parts } = phaseDiagram({ learningRateExponents: [0, 2], keepRateExponents: [1, 2] });
    expect(parts.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      'region exploding-jumps+starved',
      'region starved',
      'line penalized-flow',
      'point penalized-jump',
    ]);
  });

  test('no region without area where three borders meet in a corner of the window', () => {
    const { parts } = phaseDiagram({ learningRateExponents: [-2.75, 0], keepRateExponents: [-2.5, 0.25] });
    expect(parts.map(({ id }) => id)).toEqual([
      'exploding-jumps+diverging-step',
      'bernoulli-jump',
      'bernoulli-jump/point',
    ]);
  });

  test('bad windows are named', () => {
    expect(() => phaseDiagram({ learningRateExponents: [1, 1] })).toThrow('learningRateExponents[1]');
    expect(() => phaseDiagram({ keepRateExponents: [Number.NaN, 1] })).toThrow('keepRateExponents[0]');
  });
});
