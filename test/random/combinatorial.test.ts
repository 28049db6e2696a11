import { describe, expect, it } from 'vitest';
import { multinomialInto, sampleWithoutReplacementInto, shuffle, stream } from '../../src/random/index.ts';
import { chiSquareP, expectFit, LARGEST_Z } from './goodness-of-fit.ts';

describe('shuffle', () => {
  // χ² over all 120 orders, false-alarm probability 1e-6 on each side.
  it('makes every order equally likely', () => {
    const rng = stream(51);
    const counts = new Map<string, number>();
    for (let s = 0; s < 60_000; s++) {
      const items = Int32Array.of(0, 1, 2, 3, 4);
      shuffle(rng, items);
      counts.set(items.join(), (counts.get(items.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(120);
    expectFit(chiSquareP([...counts.values()], new Float64Array(120).fill(1 / 120)));
  });

  it('takes any array, also empty ones', () => {
    const words = ['a', 'b', 'c'];
    shuffle(stream(1), words);
    expect(words.sort()).toEqual(['a', 'b', 'c']);
    shuffle(stream(1), []);
  });
});

describe('sampleWithoutReplacementInto', () => {
  // Both methods (n = 40 goes member by member, n = 7 through all). χ² over all subsets, 1e-6 on each side.
  it.each([
    [7, 3, 35],
    [40, 2, 780],
  ])('n = %d, k = %d: every subset is equally likely, and sorted', (n, k, subsets) => {
    const rng = stream(52).split(n);
    const counts = new Map<string, number>();
    const out = new Int32Array(k);
    for (let s = 0; s < 50_000; s++) {
      sampleWithoutReplacementInto(rng, n, out);
      counts.set(out.join(), (counts.get(out.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(subsets);
    for (const key of counts.keys()) {
      const members = key.split(',').map(Number);
      expect(members).toEqual([...new Set(members)].sort((a, b) => a - b));
    }
    expectFit(chiSquareP([...counts.values()], new Float64Array(subsets).fill(1 / subsets)));
  });

  it('takes all, none, and rejects more than there are', () => {
    const all = new Int32Array(5);
    sampleWithoutReplacementInto(stream(1), 5, all);
    expect([...all]).toEqual([0, 1, 2, 3, 4]);
    sampleWithoutReplacementInto(stream(1), 5, new Int32Array(0));
    expect(() => sampleWithoutReplacementInto(stream(1), 4, all)).toThrow(/^n must be an integer in \[5/);
  });
});

describe('multinomialInto', () => {
  it('has the right means, variances and covariances', () => {
    const rng = stream(53);
    const weights = [1, 0, 4, 2, 3];
    const p = weights.map((w) => w / 10);
    const [n, draws] = [50, 60_000];
    const out = new Float64Array(5);
    const first = new Float64Array(5);
    const second = new Float64Array(25);
    for (let s = 0; s < draws; s++) {
      multinomialInto(rng, n, weights, out);
      if (s === 0) expect(out.reduce((a, b) => a + b)).toBe(n);
      for (let i = 0; i < 5; i++) {
        first[i]! += (out[i]! - n * p[i]!) / draws;
        for (let j = 0; j < 5; j++) second[5 * i + j]! += ((out[i]! - n * p[i]!) * (out[j]! - n * p[j]!)) / draws;
      }
    }
    // z-scores against 4.75; the variance of a product is bounded by 3 times that of normal variables with these sizes.
    for (let i = 0; i < 5; i++) {
      expect(Math.abs(first[i]!)).toBeLessThanOrEqual(LARGEST_Z * Math.sqrt((n * p[i]! * (1 - p[i]!)) / draws));
      for (let j = 0; j < 5; j++) {
        const exact = n * p[i]! * ((i === j ? 1 : 0) - p[j]!);
        const size = Math.sqrt((3 * n * n * p[i]! * p[j]! * (1 - p[i]!) * (1 - p[j]!)) / draws);
        expect(Math.abs(second[5 * i + j]! - exact)).toBeLessThanOrEqual(LARGEST_Z * size);
      }
    }
  });

  it('handles n = 0, one outcome and a zero tail', () => {
    const out = new Float64Array(3);
    multinomialInto(stream(1), 0, [1, 2, 3], out);
    expect([...out]).toEqual([0, 0, 0]);
    multinomialInto(stream(1), 9, [0, 2, 0], out);
    expect([...out]).toEqual([0, 9, 0]);
    expect(() => multinomialInto(stream(1), 9, [0, 0, 0], out)).toThrow(/sum of weights/);
    expect(() => multinomialInto(stream(1), 9, [1, -1, 3], out)).toThrow(/weights\[1\]/);
    expect(() => multinomialInto(stream(1), 9, [1, 2], out)).toThrow(/weights.length/);
  });
});
