import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveTransport } from '../../../src/measure/distance/network-simplex.ts';
import { storedCosts } from '../../../src/measure/distance/point-costs.ts';
import {
  type Assignment,
  assign,
  assignmentPlan,
  empiricalMeasure,
  transport,
  transportPlan,
  wasserstein1D,
} from '../../../src/measure/index.ts';
import { areEqual } from '../../../src/measure/weights.ts';
import { stream } from '../../../src/random/stream.ts';
import { randomCloud } from '../clouds.ts';

/** The least cost over all permutations, by enumeration. */
function enumerate(costs: number[][], row = 0, used = 0): number {
  if (row === costs.length) return 0;
  let best = Number.POSITIVE_INFINITY;
  for (let j = 0; j < costs.length; j++)
    if (!((used >> j) & 1)) best = Math.min(best, costs[row]![j]! + enumerate(costs, row + 1, used | (1 << j)));
  return best;
}

const squareCosts = fc.integer({ min: 1, max: 6 }).chain((n) => {
  // Small integers give ties, dyadic fractions of any sign do not.
  const cost = fc.oneof(
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: -4096, max: 4096 }).map((k) => k / 64),
  );
  return fc.array(fc.array(cost, { minLength: n, maxLength: n }), { minLength: n, maxLength: n });
});

function expectOptimal({ columnOf, cost, rowDuals, columnDuals }: Assignment, costs: (i: number, j: number) => number) {
  const n = columnOf.length;
  expect(new Set(columnOf).size).toBe(n);
  let [largest, worst, dual] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    dual += rowDuals[i]! + columnDuals[i]!;
    for (let j = 0; j < n; j++) {
      largest = Math.max(largest, Math.abs(costs(i, j)));
      worst = Math.min(worst, costs(i, j) - rowDuals[i]! - columnDuals[j]!);
    }
  }
  expect(worst).toBeGreaterThanOrEqual(-1e-12 * largest);
  expect(Math.abs(cost - dual)).toBeLessThanOrEqual(1e-12 * largest * n);
}

describe('assignment', () => {
  it('law: equals enumeration, with feasible duals of the same value', () => {
    fc.assert(
      fc.property(squareCosts, (costs) => {
        const solved = assign(costs);
        expect(solved.cost).toBeCloseTo(enumerate(costs), 10);
        expectOptimal(solved, (i, j) => costs[i]![j]!);
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it.each([
    ['far apart', (i: number, u: number, v: number) => [u + (i % 2 ? 50 : 0), v]],
    [
      'two tight clusters of unequal sizes',
      (i: number, u: number, v: number) => [(i < 180 ? 0 : 1) + 1e-5 * u, 1e-5 * v],
    ],
    ['a lattice, all ties', (i: number) => [i % 20, Math.floor(i / 20)]],
    ['one point', () => [1, 2]],
  ])('certifies 300 pairs: %s', (_, place) => {
    const rng = stream(31);
    const [x, y] = [0, 1].map((side) =>
      empiricalMeasure(Array.from({ length: 300 }, (_, i) => place(i + 40 * side, rng.uniform(), rng.uniform()))),
    ) as [ReturnType<typeof empiricalMeasure>, ReturnType<typeof empiricalMeasure>];
    const costs = (i: number, j: number) =>
      (x.particles[2 * i]! - y.particles[2 * j]!) ** 2 + (x.particles[2 * i + 1]! - y.particles[2 * j + 1]!) ** 2;
    expectOptimal(assignmentPlan(x, y, 2), costs);
    expect(transportPlan(x, y, 2).cost).toBeCloseTo(assignmentPlan(x, y, 2).cost / 300, 11);
  });

  it('certifies random costs without any geometry, above the size where it thins them', () => {
    const rng = stream(32);
    const costs = Array.from({ length: 220 }, () => Array.from({ length: 220 }, () => rng.uniform() - 0.5));
    expectOptimal(assign(costs), (i, j) => costs[i]![j]!);
  });

  it('stops matrices that are not square', () => {
    expect(() => assign([[1, 2]])).toThrow('costs must be a square matrix');
    expect(() => assign([])).toThrow('costs must be a square matrix');
    expect(() => assign([[Number.NaN]])).toThrow('costs[0][0] must be a finite number');
  });
});

/** Checks marginals, support, and feasibility of the duals; returns the largest errors. */
function certificate(
  plan: ReturnType<typeof transport>,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  costs: (i: number, j: number) => number,
) {
  const rows = new Float64Array(a.length);
  const columns = new Float64Array(b.length);
  plan.masses.forEach((mass, k) => {
    expect(mass).toBeGreaterThan(0);
    rows[plan.rows[k]!]! += mass;
    columns[plan.columns[k]!]! += mass;
  });
  expect(plan.masses.length).toBeLessThan(a.length + b.length);
  let [marginals, slack] = [0, Number.POSITIVE_INFINITY];
  rows.forEach((mass, i) => {
    marginals = Math.max(marginals, Math.abs(mass - a[i]!));
    columns.forEach((_, j) => {
      slack = Math.min(slack, costs(i, j) - plan.rowDuals[i]! - plan.columnDuals[j]!);
    });
  });
  columns.forEach((mass, j) => {
    marginals = Math.max(marginals, Math.abs(mass - b[j]!));
  });
  return { marginals, slack };
}

describe('transport', () => {
  it('law: on the line it agrees with sorting, weights 0 included, and certifies itself', () => {
    const size = fc.integer({ min: 1, max: 9 });
    const weights = (n: number) =>
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: n, maxLength: n }).filter((w) => w.some((v) => v > 0));
    const side = size.chain((n) =>
      fc.tuple(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }), weights(n)),
    );
    fc.assert(
      fc.property(side, side, ([x, wx], [y, wy]) => {
        const [a, b] = [empiricalMeasure(x, wx), empiricalMeasure(y, wy)];
        const plan = transportPlan(a, b, 1);
        expect(plan.cost).toBeCloseTo(wasserstein1D(a, b, 1), 12);
        expect(Math.abs(plan.gap)).toBeLessThan(1e-12);
        const { marginals, slack } = certificate(plan, a.weights, b.weights, (i, j) => Math.abs(x[i]! - y[j]!));
        expect(marginals).toBeLessThan(1e-14);
        expect(slack).toBeGreaterThan(-1e-13);
      }),
      { seed: 22, numRuns: 300 },
    );
  });

  it.each([true, false])(
    '1000 against 1000 points: marginals exact, duals feasible, no gap (weighted: %s)',
    (weighted) => {
      const [a, b] = [randomCloud(41, 1000, 2, weighted), randomCloud(42, 1000, 2, weighted)];
      const plan = transportPlan(a, b, 2);
      const { marginals, slack } = certificate(
        plan,
        a.weights,
        b.weights,
        (i, j) =>
          (a.particles[2 * i]! - b.particles[2 * j]!) ** 2 + (a.particles[2 * i + 1]! - b.particles[2 * j + 1]!) ** 2,
      );
      expect(marginals).toBeLessThan(4e-16);
      expect(slack).toBeGreaterThan(-1e-15);
      expect(Math.abs(plan.gap)).toBeLessThan(1e-13);
      if (!weighted) {
        expect(areEqual(plan.masses)).toBe(true);
        expect(plan.cost).toBeCloseTo(assignmentPlan(a, b, 2).cost / 1000, 12);
      }
    },
  );

  it('keeps its tree strongly feasible where all is ties: an arc without flow points to the root, so it comes from a row', () => {
    const n = 64;
    const lattice = Float64Array.from({ length: n * n }, (_, k) => Math.abs((Math.floor(k / n) % 8) - (k % 8)));
    const ones = new Float64Array(n).fill(1);
    const tree = solveTransport(storedCosts(lattice, n, n), ones, ones);
    const empty = [...tree.flow.subarray(0, tree.root)].flatMap((flow, u) => (flow === 0 ? [u] : []));
    expect(empty.length).toBeGreaterThan(0);
    expect(Math.max(...empty)).toBeLessThan(n);
  });

  it('takes general costs of any sign, and sizes without a common measure', () => {
    const rng = stream(51);
    const costs = Array.from({ length: 90 }, () => Array.from({ length: 70 }, () => rng.uniform() - 0.5));
    const plan = transport(costs);
    const { marginals, slack } = certificate(
      plan,
      new Float64Array(90).fill(1 / 90),
      new Float64Array(70).fill(1 / 70),
      (i, j) => costs[i]![j]!,
    );
    expect(marginals).toBeLessThan(1e-15);
    expect(slack).toBeGreaterThan(-1e-15);
    expect(Math.abs(plan.gap)).toBeLessThan(1e-13);
    expect(transport([[3]], [2], [7]).cost).toBe(3);
    expect(
      transport(
        [
          [0, 0],
          [0, 0],
        ],
        [1, 2],
        [3, 1],
      ).cost,
    ).toBe(0);
  });

  it.each([
    ['no columns', () => transport([[]]), 'costs must be'],
    ['a negative weight', () => transport([[1], [2]], [1, -1]), 'rowWeights[1] must be'],
    ['all-zero weights', () => transport([[1], [2]], [0, 0]), 'rowWeights must be'],
    ['an infinite weight', () => transport([[1, 2]], [1], [1, Number.POSITIVE_INFINITY]), 'columnWeights[1] must be'],
    ['a length mismatch', () => transport([[1, 2]], [1], [1]), 'columnWeights.length must be 2'],
  ])('stops %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
