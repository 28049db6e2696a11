import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../src/base/index.ts';
import {
  linearOracle,
  momentsOfPoints,
  type RegressionMoments,
  regressionMomentsOfIndependentStart,
  regressionMomentsOfPoints,
  regressionOracle,
} from '../../src/dropout/oracle/index.ts';
import { VARIANTS, type Variant } from '../../src/dropout/variant.ts';

const Z = [
  [1, -0.5],
  [0.3, 2],
  [-1.2, 0.4],
];
const Y = [0.7, -1, 0.2];
const NU = [0.5, 0.2, 0.9];

type Law = { x: number[][]; p: number }[];

/** Every outcome of one step from neurons `x`, from the definition, by predictions and residuals rather than normal equations. */
function outcomes(x: number[][], q: number, tau: number, variant: Variant): Law {
  const n = x.length;
  const all = Array.from({ length: 2 ** n }, (_, code) => {
    const kept = Array.from({ length: n }, (_, i) => (code >> i) & 1);
    return { b: kept.map((k) => k / q), p: kept.reduce((p, k) => p * (k === 1 ? q : 1 - q), 1) };
  });
  const unmasked = [{ b: new Array<number>(n).fill(1), p: 1 }];
  const forward = variant === 'random-geometry' || variant === 'none' ? unmasked : all;
  const out: Law = [];
  for (const front of forward) {
    const residual = Z.map((z, j) => {
      const f = x.reduce((sum, xi, i) => sum + (front.b[i]! * (z[0]! * xi[0]! + z[1]! * xi[1]!)) / n, 0);
      return NU[j]! * (f - Y[j]!);
    });
    const gradient = [0, 1].map((k) => Z.reduce((sum, z, j) => sum + z[k]! * residual[j]!, 0));
    const backward =
      variant === 'dropout'
        ? [{ b: front.b, p: 1 }]
        : variant === 'propagation-noise' || variant === 'none'
          ? unmasked
          : all;
    for (const back of backward)
      out.push({
        x: x.map((xi, i) => xi.map((value, k) => value - tau * back.b[i]! * gradient[k]!)),
        p: front.p * back.p,
      });
  }
  return out;
}

function momentsOf(law: Law): { mean: number[]; secondMoment: number[]; squaredMean: number[] } {
  const out = { mean: [0, 0], secondMoment: [0, 0, 0, 0], squaredMean: [0, 0, 0, 0] };
  for (const { x, p } of law) {
    const mean = [0, 1].map((k) => x.reduce((sum, xi) => sum + xi[k]! / x.length, 0));
    for (let k = 0; k < 2; k++) {
      out.mean[k]! += p * mean[k]!;
      for (let l = 0; l < 2; l++) {
        out.squaredMean[2 * k + l]! += p * mean[k]! * mean[l]!;
        out.secondMoment[2 * k + l]! += p * x.reduce((sum, xi) => sum + (xi[k]! * xi[l]!) / x.length, 0);
      }
    }
  }
  return out;
}

const entries = (matrix: Matrix) => [0, 1].flatMap((i) => [0, 1].map((j) => matrix.get(i, j)));

function expectMoments(actual: RegressionMoments, law: Law) {
  const expected = momentsOf(law);
  const pairs = [
    [[...actual.mean], expected.mean],
    [entries(actual.secondMoment), expected.secondMoment],
    [entries(actual.squaredMean), expected.squaredMean],
  ] as const;
  for (const [got, want] of pairs)
    want.forEach((value, k) => {
      expect(Math.abs(got[k]! - value)).toBeLessThan(1e-12 * (1 + Math.abs(value)));
    });
}

const POINTS: Record<number, number[][]> = {
  1: [[0.4, -1.1]],
  2: [
    [0.4, -1.1],
    [-0.7, 0.9],
  ],
  3: [
    [0.4, -1.1],
    [-0.7, 0.9],
    [1.5, 0.3],
  ],
};

describe('linear regression: moments against the enumeration of all masks', () => {
  for (const variant of VARIANTS)
    for (const n of [1, 2, 3])
      for (const q of [1, 0.6, 0.1])
        test(`${variant}, n = ${n}, q = ${q}`, () => {
          const options = { width: n, learningRate: 0.4, keepRate: q, variant, inputs: Z, targets: Y, weights: NU };
          const start = regressionMomentsOfPoints(POINTS[n]!);
          expectMoments(regressionOracle({ ...options, start, steps: 1 }), outcomes(POINTS[n]!, q, 0.4, variant));
        });

  test.each(VARIANTS)('the recursion closes: three steps of two neurons, %s', (variant) => {
    let law: Law = [{ x: POINTS[2]!, p: 1 }];
    for (let k = 0; k < 3; k++)
      law = law.flatMap((at) => outcomes(at.x, 0.5, 0.3, variant).map((to) => ({ x: to.x, p: at.p * to.p })));
    const options = { width: 2, learningRate: 0.3, keepRate: 0.5, variant, inputs: Z, targets: Y, weights: NU };
    expectMoments(regressionOracle({ ...options, start: regressionMomentsOfPoints(POINTS[2]!), steps: 3 }), law);
  });

  test.each(VARIANTS)('one coordinate, one sample: the scalar oracle, %s', (variant) => {
    const options = { width: 5, learningRate: 0.1, keepRate: 0.3, variant, steps: 20 };
    const points = [0.3, -1, 2, 0.5, 0];
    const scalar = linearOracle({ ...options, target: 0.8, start: momentsOfPoints(points) });
    const start = regressionMomentsOfPoints(points.map((x) => [x]));
    const vector = regressionOracle({ ...options, inputs: [[1]], targets: [0.8], start });
    expect(vector.mean[0]).toBeCloseTo(scalar.mean, 13);
    expect(vector.secondMoment.get(0, 0)).toBeCloseTo(scalar.secondMoment, 13);
    expect(vector.squaredMean.get(0, 0)).toBeCloseTo(scalar.squaredMean, 13);
  });

  test('an independent start averages over the product law', () => {
    const atoms = [
      { x: [1, 0.5], p: 0.3 },
      { x: [-0.2, 2], p: 0.7 },
    ];
    const single = momentsOf(atoms.map(({ x, p }) => ({ x: [x], p })));
    const secondMoment = [single.secondMoment.slice(0, 2), single.secondMoment.slice(2)];
    const start = regressionMomentsOfIndependentStart({ width: 2, mean: single.mean, secondMoment });
    expectMoments(
      start,
      atoms.flatMap((a) => atoms.map((b) => ({ x: [a.x, b.x], p: a.p * b.p }))),
    );
  });

  test('bad arguments are named', () => {
    const start = regressionMomentsOfPoints(POINTS[2]!);
    const good = { width: 2, learningRate: 0.1, keepRate: 0.5, inputs: Z, targets: Y, start, steps: 1 };
    expect(() => regressionOracle({ ...good, targets: [1] })).toThrow('targets.length must be 3, got 1');
    expect(() => regressionOracle({ ...good, weights: [1, -1, 1] })).toThrow('weights[1]');
    expect(() => regressionOracle({ ...good, inputs: [[1], [1], [1]] })).toThrow('start.mean.length');
    const crooked = {
      mean: [0, 0],
      secondMoment: [
        [1, 2],
        [0, 1],
      ],
      width: 1,
    };
    expect(() => regressionMomentsOfIndependentStart(crooked)).toThrow(
      'secondMoment[1][0] must be equal to its mirror image 2',
    );
    expect(() => regressionMomentsOfPoints([])).toThrow('points');
    expect(() => regressionOracle({ ...good, learningRate: 1e3, steps: 500 })).toThrow('diverged');
  });
});
