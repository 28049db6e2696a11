import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { IndexedHeap } from '../../src/scheme/jump/indexed-heap.ts';
import { SumTree } from '../../src/scheme/jump/sum-tree.ts';

const weights = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })), {
  minLength: 1,
  maxLength: 40,
});

describe('SumTree', () => {
  test.prop([weights])('finds each leaf over an interval as long as its weight', (values) => {
    const tree = new SumTree(values.length);
    values.forEach((w, k) => {
      tree.set(k, w);
    });
    const total = values.reduce((a, b) => a + b, 0);
    expect(tree.total).toBeCloseTo(total, 6);
    let start = 0;
    values.forEach((w, k) => {
      if (w > 1e-6 * total) expect(tree.find(start + w / 2)).toBe(k);
      start += w;
    });
  });

  test.prop([weights, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })])(
    'never finds a leaf of weight 0',
    (values, u) => {
      const tree = new SumTree(values.length);
      tree.setWeights(Float64Array.from(values));
      if (tree.total > 0) expect(tree.weight(tree.find(u * tree.total))).toBeGreaterThan(0);
      if (tree.total > 0) expect(tree.weight(tree.find(tree.total))).toBeGreaterThan(0);
    },
  );

  it('gives exact sums after many updates: rounding does not build up', () => {
    const tree = new SumTree(3);
    for (let k = 0; k < 1e4; k++) tree.set(k % 3, 0.1 * k);
    for (let k = 0; k < 3; k++) tree.set(k, 0);
    expect(tree.total).toBe(0);
  });
});

describe('IndexedHeap', () => {
  test.prop([
    fc.array(fc.double({ noNaN: true, min: 0 }), { minLength: 1, maxLength: 30 }),
    fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.double({ noNaN: true, min: 0 })))),
  ])('has the earliest time on top whatever is changed', (times, changes) => {
    const heap = new IndexedHeap(Float64Array.from(times));
    const check = () => expect(heap.times[heap.top]).toBe(Math.min(...heap.times));
    check();
    for (const [item, time] of changes) {
      heap.set(item % times.length, time);
      check();
    }
  });
});
