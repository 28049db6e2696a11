import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  covarianceOf,
  empiricalMeasure,
  expectationOf,
  expectationsOf,
  marginal,
  massOf,
  meanOf,
  mixture,
  momentOf,
  pushforward,
  pushforwardInto,
  quantileOf,
  quantilesOf,
  secondMomentOf,
} from '../../src/measure/index.ts';
import { cloudArbitrary } from './clouds.ts';

const measure = empiricalMeasure(
  [
    [0, 2],
    [4, -2],
    [8, 6],
  ],
  [1, 2, 1],
);

describe('moments and expectations', () => {
  it('are the exact sums on a small example', () => {
    expect([...meanOf(measure)]).toEqual([4, 1]);
    expect([...secondMomentOf(measure)]).toEqual([24, 12]);
    expect([...covarianceOf(measure).data]).toEqual([8, 4, 4, 11]);
    expect(momentOf(measure, [2, 1])).toBe(80);
    expect(momentOf(measure, [0, 0])).toBe(1);
    expect(expectationOf(measure, ([x]) => Math.abs(x! - 4))).toBe(2);
    expect([...expectationsOf(measure, ([x, y]) => [x! * y!, 1])]).toEqual([8, 1]);
    expect(() => momentOf(measure, [1])).toThrow('powers.length must be 2');
    expect(() => expectationOf(measure, () => Number.NaN)).toThrow('must be a finite number');
  });

  it('compensate: a million small terms beside a large one', () => {
    const points = new Float64Array(1_000_001).fill(1e-16);
    points[0] = 1;
    // Exact: (1 + 1e-10)/1000001. A plain sum loses every small term.
    expect(meanOf(points)[0]! * 1_000_001 - 1).toBeCloseTo(1e-10, 14);
  });
});

describe('quantiles', () => {
  it('are atoms: inf{x : F(x) ≥ u}', () => {
    const line = empiricalMeasure([3, 1, 2, 7], [1, 1, 2, 0]);
    expect([...quantilesOf(line, [0, 0.25, 0.26, 0.75, 0.76, 1])]).toEqual([1, 1, 2, 2, 3, 3]);
    expect(quantileOf(measure, 0.5, 1)).toBe(-2);
    expect(() => quantileOf(measure, 1.1)).toThrow('levels[0] must be');
    expect(() => quantileOf(measure, 0.5, 2)).toThrow('coordinate must be');
  });

  it('survive the rounding of many equal weights', () => {
    const points = Array.from({ length: 5000 }, (_, i) => i + 1);
    for (const k of [1, 7, 2500, 3333, 4999, 5000]) expect(quantileOf(points, k / 5000)).toBe(k);
  });
});

describe('pushforward, mixture, marginal', () => {
  it('act on atoms', () => {
    const image = pushforward(measure, ([x, y]) => [x! + y!]);
    expect([...image.particles]).toEqual([2, 2, 14]);
    expect([...image.weights]).toEqual([...measure.weights]);
    const out = new Float64Array(3);
    pushforwardInto(
      measure,
      (point, into) => {
        into[0] = point[0]! + point[1]!;
      },
      out,
    );
    expect(out).toEqual(image.particles);
    expect([...marginal(measure, [1]).weights]).toEqual([0.25, 0.5, 0.25]);
    const swapped = marginal(measure, [1, 0]);
    expect(swapped.kind === 'empirical' && [...swapped.particles]).toEqual([2, 0, -2, 4, 6, 8]);
    expect(() => marginal(measure, [0, 0])).toThrow('coordinates must be distinct');
    expect(() => marginal(measure, [2])).toThrow('coordinates[0] must be');
  });

  it('mix with the given shares', () => {
    const mixed = mixture([[0, 1], empiricalMeasure([5], [7])], [1, 3]);
    expect([...mixed.particles]).toEqual([0, 1, 5]);
    expect([...mixed.weights]).toEqual([0.125, 0.125, 0.75]);
    expect(() => mixture([])).toThrow('parts must be');
    expect(() => mixture([[1], [[1, 2]]])).toThrow('parts[1].dimension must be 1');
  });

  it('law: E_mixture f = Σ λ E f, and E_{T#μ} f = E_μ f∘T', () => {
    const f = (x: Float64Array) => Math.sin(x[0]!) + x[0]! * x[1]!;
    const map = (x: Float64Array) => [x[1]! - 1, 2 * x[0]!];
    const cloud = cloudArbitrary(2, fc.integer({ min: 1, max: 8 }), true);
    fc.assert(
      fc.property(cloud, cloud, fc.double({ min: 0.01, max: 1, noNaN: true }), (a, b, share) => {
        const both = mixture([a, b], [share, 1]);
        const expected = (share * expectationOf(a, f) + expectationOf(b, f)) / (share + 1);
        expect(expectationOf(both, f)).toBeCloseTo(expected, 11);
        expect(massOf(both)).toBeCloseTo(1, 14);
        const composed = expectationOf(a, (x) => f(Float64Array.from(map(x))));
        expect(expectationOf(pushforward(a, map), f)).toBeCloseTo(composed, 11);
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});
