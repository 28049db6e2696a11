import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  linearOracle,
  linearOracleStep,
  momentsOfIndependentStart,
  momentsOfPoints,
} from '../../src/dropout/oracle/index.ts';
import { VARIANTS, type Variant } from '../../src/dropout/variant.ts';

/** All 2^n masks, entries B/q, with their probabilities; or the one mask of a side that has none. */
function masks(n: number, q: number, masked: boolean): { b: number[]; p: number }[] {
  if (!masked) return [{ b: new Array<number>(n).fill(1), p: 1 }];
  return Array.from({ length: 2 ** n }, (_, code) => {
    const kept = Array.from({ length: n }, (_, i) => (code >> i) & 1);
    return { b: kept.map((k) => k / q), p: kept.reduce((p, k) => p * (k === 1 ? q : 1 - q), 1) };
  });
}

/** Every outcome of one step from `x`, from the definition of the variant. */
function outcomes(x: number[], q: number, tau: number, y: number, variant: Variant): { x: number[]; p: number }[] {
  const n = x.length;
  const out: { x: number[]; p: number }[] = [];
  const forward = masks(n, q, variant !== 'random-geometry' && variant !== 'none');
  const backward = masks(n, q, variant === 'random-geometry' || variant === 'independent-masks');
  for (const front of forward) {
    const f = x.reduce((sum, value, i) => sum + front.b[i]! * value, 0) / n;
    for (const back of variant === 'dropout' ? [{ b: front.b, p: 1 }] : backward)
      out.push({ x: x.map((value, i) => value - tau * back.b[i]! * (f - y)), p: front.p * back.p });
  }
  return out;
}

function momentsOf(law: { x: number[]; p: number }[]) {
  const sum = (g: (x: number[]) => number) => law.reduce((total, { x, p }) => total + p * g(x), 0);
  const meanOf = (x: number[]) => x.reduce((a, b) => a + b, 0) / x.length;
  return {
    mean: sum(meanOf),
    secondMoment: sum((x) => meanOf(x.map((v) => v * v))),
    squaredMean: sum((x) => meanOf(x) ** 2),
  };
}

function expectClose(actual: object, expected: object, digits: number) {
  for (const [key, value] of Object.entries(expected) as [string, number][]) {
    const got = (actual as Record<string, number>)[key]!;
    expect(Math.abs(got - value), `${key}: ${got} against ${value}`).toBeLessThan(digits * (1 + Math.abs(value)));
  }
}

describe('one step against the enumeration of all masks', () => {
  // Exact rational enumeration (Python fractions), rounded once at the end; the dropout rows are also in the project's theory notes.
  const cases: [number[], number, number, number, Variant, number[]][] = [
    [[0.3, -1.2, 2], 0.05, 0.02, 1, 'dropout', [0.3328888888888889, 2.01909037037037, 0.34442962962962964]],
    [[0.3, -1.2, 2], 0.05, 0.02, 1, 'random-geometry', [0.37933333333333336, 1.8558311111111112, 0.14490992592592591]],
    [
      [0.3, -1.2, 2],
      0.05,
      0.02,
      1,
      'propagation-noise',
      [0.37933333333333336, 1.8574524444444445, 0.14856355555555556],
    ],
    [
      [0.3, -1.2, 2],
      0.05,
      0.02,
      1,
      'independent-masks',
      [0.37933333333333336, 1.9492266666666667, 0.17915496296296296],
    ],
    [[0.3, -1.2, 2], 0.05, 0.02, 1, 'none', [0.37933333333333336, 1.8527826666666667, 0.1438937777777778]],
    [[0.3, -1.2, 2, 0.7], 0.3, 0.7, -0.5, 'dropout', [-0.39875, 3.8780324074074075, 1.6668120949074074]],
    [[0.3, -1.2, 2, 0.7], 0.3, 0.7, -0.5, 'random-geometry', [-0.215, 2.3805833333333335, 0.30418958333333335]],
    [[0.3, -1.2, 2, 0.7], 0.3, 0.7, -0.5, 'propagation-noise', [-0.215, 1.7789041666666667, 0.4764041666666667]],
    [[0.3, -1.2, 2, 0.7], 0.3, 0.7, -0.5, 'independent-masks', [-0.215, 3.814513888888889, 0.9853065972222222]],
    [[0.3, -1.2, 2, 0.7], 0.3, 0.7, -0.5, 'none', [-0.215, 1.348725, 0.046225]],
  ];
  test.each(cases)('from %j, q = %d, τ = %d, y = %d, %s', (x, keepRate, learningRate, target, variant, expected) => {
    const network = { width: x.length, learningRate, keepRate, target, variant };
    const [mean, secondMoment, squaredMean] = expected as [number, number, number];
    expectClose(
      linearOracle({ ...network, start: momentsOfPoints(x), steps: 1 }),
      { mean, secondMoment, squaredMean },
      1e-14,
    );
  });

  test('law: any points, any keep rate, any step, every variant, to 1e-12', () => {
    const value = fc.double({ min: -2, max: 2, noNaN: true });
    const problem = fc.record({
      x: fc.array(value, { minLength: 1, maxLength: 4 }),
      q: fc.oneof(fc.double({ min: 0.02, max: 1, noNaN: true }), fc.constant(1)),
      tau: fc.double({ min: 0, max: 1, noNaN: true }),
      y: value,
      variant: fc.constantFrom(...VARIANTS),
    });
    fc.assert(
      fc.property(problem, ({ x, q, tau, y, variant }) => {
        const network = { width: x.length, learningRate: tau, keepRate: q, target: y, variant };
        const actual = linearOracle({ ...network, start: momentsOfPoints(x), steps: 1 });
        const expected = momentsOf(outcomes(x, q, tau, y, variant));
        // Rounding is relative to the largest outcome, which grows as (τ/q)².
        const scale = 1 + Math.max(...outcomes(x, q, tau, y, variant).map((o) => Math.max(...o.x.map((v) => v * v))));
        for (const key of ['mean', 'secondMoment', 'squaredMean'] as const)
          expect(Math.abs(actual[key] - expected[key])).toBeLessThan(1e-12 * scale);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test.each(VARIANTS)('the recursion closes: three steps of two neurons, %s', (variant) => {
    const [q, tau, y] = [0.4, 0.3, 0.8];
    let law = [{ x: [0.5, -1.1], p: 1 }];
    for (let k = 0; k < 3; k++)
      law = law.flatMap((at) => outcomes(at.x, q, tau, y, variant).map((to) => ({ x: to.x, p: at.p * to.p })));
    const network = { width: 2, learningRate: tau, keepRate: q, target: y, variant };
    expectClose(linearOracle({ ...network, start: momentsOfPoints([0.5, -1.1]), steps: 3 }), momentsOf(law), 1e-12);
  });
});

describe('the table of reference cases: y = 1, X₀ ~ N(0, 1)', () => {
  // E of the mean and of the second moment, nine decimals, from the project's reference cases (15 of them also simulated there).
  const rows: [string, (n: number) => number, (n: number) => number, number, Record<number, [number, number]>][] = [
    [
      'bernoulli-jump',
      () => 0.5,
      () => 0.5,
      2,
      { 16: [0.895736694, 1.945935382], 256: [0.934819218, 2.19328076], 4096: [0.937332172, 2.20982962] },
    ],
    [
      'poisson-jump',
      (n) => n ** -0.5,
      (n) => 2 * n ** -0.5,
      1,
      { 16: [0.667433739, 1.42427813], 256: [0.636759192, 1.5529314], 4096: [0.63301817, 1.598796514] },
    ],
    [
      'gradient-flow',
      (n) => n ** -0.75,
      (n) => n ** -0.25,
      1,
      { 16: [0.640170483, 1.30969734], 256: [0.631927788, 1.393659989], 4096: [0.632028759, 1.401766234] },
    ],
    [
      'penalized-flow',
      (n) => n ** -1.5,
      (n) => 2 / n,
      1,
      { 16: [0.533106326, 0.732116717], 256: [0.51872267, 0.653678187], 4096: [0.517961847, 0.640041481] },
    ],
    [
      'penalized-jump',
      (n) => 1 / n,
      (n) => 2 / n,
      1,
      { 16: [0.541394266, 0.945597103], 256: [0.519337429, 0.932493734], 4096: [0.518002073, 0.931806915] },
    ],
  ];
  test.each(rows)('%s', (_, tau, q, time, expected) => {
    for (const [n, [mean, secondMoment]] of Object.entries(expected)) {
      const width = Number(n);
      const learningRate = tau(width);
      const end = linearOracle({
        width,
        learningRate,
        keepRate: q(width),
        target: 1,
        start: momentsOfIndependentStart({ width, mean: 0, secondMoment: 1 }),
        steps: Math.round(time / learningRate),
      });
      expect(Math.abs(end.mean - mean)).toBeLessThan(6e-10);
      expect(Math.abs(end.secondMoment - secondMoment)).toBeLessThan(6e-10);
    }
  });
});

describe('starts, laws and errors', () => {
  test('an independent start averages over the product law', () => {
    // Two neurons, each 1 with probability 0.3 and −2 otherwise, enumerated.
    const law = [1, -2].flatMap((u) =>
      [1, -2].map((v) => ({ x: [u, v], p: (u === 1 ? 0.3 : 0.7) * (v === 1 ? 0.3 : 0.7) })),
    );
    expectClose(momentsOfIndependentStart({ width: 2, mean: -1.1, secondMoment: 3.1 }), momentsOf(law), 1e-15);
  });

  test('no mask, a keep rate of 1 and one neuron agree where they must', () => {
    const base = { width: 3, learningRate: 0.3, target: 0.4, start: momentsOfPoints([1, -2, 0.5]), steps: 5 };
    const none = linearOracle({ ...base, keepRate: 0.1, variant: 'none' });
    for (const variant of VARIANTS) expectClose(linearOracle({ ...base, keepRate: 1, variant }), none, 1e-15);
    const single = linearOracle({ ...base, width: 1, start: momentsOfPoints([0.7]), keepRate: 0.3 });
    expect(single.secondMoment).toBeCloseTo(single.squaredMean, 13);
  });

  test('a single step equals one round of the iteration', () => {
    const network = { width: 4, learningRate: 0.2, keepRate: 0.5, target: 1 };
    const start = momentsOfPoints([0, 1, 2, 3]);
    expect(linearOracleStep(network, linearOracleStep(network, start))).toEqual(
      linearOracle({ ...network, start, steps: 2 }),
    );
  });

  test('bad arguments are named', () => {
    const good = { width: 2, learningRate: 0.1, keepRate: 0.5, target: 1, start: momentsOfPoints([0, 1]), steps: 1 };
    expect(() => linearOracle({ ...good, width: 0 })).toThrow('width must be an integer in [1, inf), got 0');
    expect(() => linearOracle({ ...good, keepRate: 0 })).toThrow('keepRate');
    expect(() => linearOracle({ ...good, keepRate: 1.1 })).toThrow('keepRate');
    expect(() => linearOracle({ ...good, learningRate: -1 })).toThrow('learningRate');
    expect(() => linearOracle({ ...good, target: Number.NaN })).toThrow('target');
    expect(() => linearOracle({ ...good, steps: 1.5 })).toThrow('steps');
    expect(() => linearOracle({ ...good, variant: 'drop' as Variant })).toThrow('variant must be one of dropout, ');
    expect(() => linearOracle({ ...good, start: { mean: 2, secondMoment: 1, squaredMean: 4 } })).toThrow(
      'start.secondMoment must be at least squaredMean = 4, got 1',
    );
    expect(() => linearOracle({ ...good, start: { mean: 2, secondMoment: 9, squaredMean: 1 } })).toThrow(
      'start.squaredMean',
    );
    expect(() => momentsOfPoints([])).toThrow('points must be at least one point');
    expect(() => momentsOfIndependentStart({ width: 2, mean: 2, secondMoment: 1 })).toThrow('secondMoment');
  });

  test('an unstable run ends with the step at which it diverged, never as NaN', () => {
    const network = { width: 2, learningRate: 10, keepRate: 0.1, target: 1, start: momentsOfPoints([0, 1]) };
    expect(() => linearOracle({ ...network, steps: 1000 })).toThrow(/diverged at time \d+ after \d+ steps/);
  });
});
