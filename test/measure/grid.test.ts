import fc from 'fast-check';
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import {
  covarianceOf,
  empiricalMeasure,
  gridDensity,
  gridFromDensity,
  gridMeasure,
  gridNodes,
  marginal,
  massOf,
  meanOf,
  pushforward,
  quantileOf,
  secondMomentOf,
  toEmpirical,
  toGrid,
} from '../../src/measure/index.ts';
import { cloudArbitrary } from './clouds.ts';

const axis = { lower: -6, upper: 6, count: 25 };

describe('gridMeasure', () => {
  it('takes flat and shaped masses, last axis fastest', () => {
    const axes = [
      { lower: 0, upper: 1, count: 2 },
      { lower: 10, upper: 30, count: 3 },
    ];
    const flat = gridMeasure(axes, [1, 2, 3, 4, 5, 5]);
    expect([...gridNodes(axes)]).toEqual([0, 10, 0, 20, 0, 30, 1, 10, 1, 20, 1, 30]);
    expect([...gridMeasure(axes, ndarray(Float64Array.from([1, 4, 2, 5, 3, 5]), [2, 3], [1, 2])).weights]).toEqual([
      ...flat.weights,
    ]);
    expect(flat.masses.get(1, 0)).toBeCloseTo(0.2, 15);
    expect([...meanOf(flat)].map((x) => +x.toFixed(12))).toEqual([0.7, 21.5]);
    expect([...marginal(flat, [1]).weights].map((x) => +x.toFixed(12))).toEqual([0.25, 0.35, 0.4]);
    expect([...marginal(flat, [1, 0]).weights].map((x) => +x.toFixed(12))).toEqual([0.05, 0.2, 0.1, 0.25, 0.15, 0.25]);
    expect(quantileOf(flat, 0.5, 1)).toBe(20);
    expect(pushforward(flat, ([x]) => [x! + 1]).kind).toBe('empirical');
  });

  it('integrates a density by the trapezoidal rule: Gaussian moments to rounding', () => {
    const grid = gridFromDensity(
      [
        { lower: -9, upper: 9, count: 73 },
        { lower: -9, upper: 9, count: 73 },
      ],
      ([x, y]) => Math.exp(-0.5 * (x! * x! + (y! - 1) ** 2)),
    );
    expect(massOf(grid)).toBeCloseTo(1, 14);
    expect(meanOf(grid)[1]).toBeCloseTo(1, 12);
    expect(covarianceOf(grid).get(0, 0)).toBeCloseTo(1, 12);
    const middle = 36 * 73 + 40; // the node (0, 1)
    expect(gridDensity(grid)[middle]).toBeCloseTo(1 / (2 * Math.PI), 12);
  });

  it.each([
    ['no axes', [], [1], 'axes'],
    ['four axes', [axis, axis, axis, axis], [1], 'axes'],
    ['one node', [{ ...axis, count: 1 }], [1], 'axes[0].count'],
    ['a reversed axis', [{ ...axis, upper: -7 }], [1], 'axes[0].upper'],
    ['too few masses', [axis], [1], 'weights.length'],
    ['a negative mass', [{ ...axis, count: 2 }], [1, -1], 'weights[1]'],
  ])('stops %s', (_, axes, weights, argument) => {
    expect(() => gridMeasure(axes, weights)).toThrow(`${argument} must be`);
  });
});

describe('deposit', () => {
  it('law: keeps mass and mean, never negative, and adds at most h²/4 to the second moment', () => {
    const cases = [1, 2, 3].map((p) => cloudArbitrary(p, fc.integer({ min: 1, max: 12 }), true));
    fc.assert(
      fc.property(fc.oneof(...cases), (cloud) => {
        const grid = toGrid(cloud, Array(cloud.dimension).fill({ lower: -5.3, upper: 5.2, count: 8 }));
        const h = 10.5 / 7;
        expect(massOf(grid)).toBeCloseTo(1, 14);
        expect(Math.min(...grid.weights)).toBeGreaterThanOrEqual(0);
        const [second, mean] = [secondMomentOf(grid), meanOf(grid)];
        secondMomentOf(cloud).forEach((value, k) => {
          expect(mean[k]).toBeCloseTo(meanOf(cloud)[k]!, 12);
          expect(second[k]! - value).toBeGreaterThan(-1e-12);
          expect(second[k]! - value).toBeLessThan((h * h) / 4 + 1e-12);
        });
        const back = toEmpirical(grid);
        expect(Math.min(...back.weights)).toBeGreaterThan(0);
        expect(meanOf(back)[0]).toBeCloseTo(mean[0]!, 12);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('leaves atoms on nodes alone, ends included', () => {
    const grid = toGrid([-6, 0.5, 6], [axis]);
    expect([...toEmpirical(grid).particles]).toEqual([-6, 0.5, 6]);
  });

  it('refuses atoms outside, or clamps them', () => {
    const cloud = empiricalMeasure([0, 7], [3, 1]);
    expect(() => toGrid(cloud, [axis])).toThrow('mass 0.25 lies outside');
    const clamped = toGrid(cloud, [axis], { outside: 'clamp' });
    expect(clamped.weights[24]).toBe(0.25);
    expect(() => toGrid(cloud, [axis, axis])).toThrow('axes.length must be 1');
  });
});
