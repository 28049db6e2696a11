import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { chunksOf } from '../../src/experiment/run/chunks.ts';
import { addToMoments, emptyMoments, mergeMoments } from '../../src/experiment/run/moments.ts';

const numbers = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 40 });

describe('moments', () => {
  test.prop([numbers, numbers])('merged are those of all values together', (first, second) => {
    const parts = [first, second].map((values) => {
      const moments = emptyMoments(1);
      for (const value of values) addToMoments(moments, Float64Array.of(value));
      return moments;
    });
    const merged = emptyMoments(1);
    for (const part of parts) mergeMoments(merged, part);
    const all = [...first, ...second];
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const squares = all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(merged.count).toBe(all.length);
    expect(merged.mean[0]).toBeCloseTo(mean, 9);
    expect(Math.abs(merged.squares[0]! - squares)).toBeLessThanOrEqual(1e-9 * (1 + squares));
  });

  it('of equal values have no spread at all', () => {
    const moments = emptyMoments(1);
    for (let i = 0; i < 10; i++) addToMoments(moments, Float64Array.of(0.1));
    expect([moments.mean[0], moments.squares[0]]).toEqual([0.1, 0]);
  });
});

describe('chunks', () => {
  test.prop([fc.integer({ min: 1, max: 5000 })])(
    'cover the replicates once, in order, in nearly equal parts',
    (total) => {
      const chunks = chunksOf(total);
      expect(chunks.length).toBeLessThanOrEqual(128);
      let next = 0;
      for (const { first, count } of chunks) {
        expect(first).toBe(next);
        next += count;
      }
      expect(next).toBe(total);
      const sizes = chunks.map(({ count }) => count);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    },
  );
});
