import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../src/base/errors.ts';
import { empiricalMeasure, massOf } from '../../src/measure/index.ts';

describe('empiricalMeasure', () => {
  it('takes nested arrays, strided views and points of the line, and copies them', () => {
    const source = Float64Array.from([1, 2, 3, 4, 5, 6]);
    const transposed = ndarray(source, [3, 2], [1, 3]);
    expect([...empiricalMeasure(transposed).particles]).toEqual([1, 4, 2, 5, 3, 6]);
    const line = empiricalMeasure([3, 1, 2]);
    expect([line.count, line.dimension]).toEqual([3, 1]);
    expect(empiricalMeasure(ndarray(source)).dimension).toBe(1);
    const measure = empiricalMeasure(transposed);
    source[0] = 99;
    expect(measure.points.get(0, 0)).toBe(1);
  });

  it('scales weights to total 1, also huge ones', () => {
    expect([...empiricalMeasure([0, 1], [3, 1]).weights]).toEqual([0.75, 0.25]);
    expect([...empiricalMeasure([0, 1], [1.5e308, 1.5e308]).weights]).toEqual([0.5, 0.5]);
    expect(massOf(empiricalMeasure(Array.from({ length: 1000 }, (_, i) => i)))).toBeCloseTo(1, 14);
  });

  it.each([
    ['empty points', [], undefined, 'points'],
    ['points without coordinates', [[], []], undefined, 'points'],
    ['ragged points', [[1, 2], [3]], undefined, 'points[1].length'],
    ['an infinite point', [1, Number.POSITIVE_INFINITY], undefined, 'points[1]'],
    ['a NaN point', [[Number.NaN]], undefined, 'points[0][0]'],
    ['a negative weight', [1, 2], [1, -1], 'weights[1]'],
    ['an infinite weight', [1, 2], [1, Number.POSITIVE_INFINITY], 'weights[1]'],
    ['a NaN weight', [1, 2], [1, Number.NaN], 'weights[1]'],
    ['all-zero weights', [1, 2], [0, 0], 'weights'],
    ['too few weights', [1, 2], [1], 'weights.length'],
  ])('stops %s, by name', (_, points, weights, argument) => {
    const make = () => empiricalMeasure(points as number[], weights);
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(new RegExp(`^${argument.replace(/[[\]]/g, '\\$&')} must be`));
  });
});
