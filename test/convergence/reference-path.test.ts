import { describe, expect, test } from 'vitest';
import { referencePath } from '../../src/convergence/index.ts';

const times = (K: number, end = 2) => Float64Array.from({ length: K }, (_, k) => (k * end) / (K - 1));
const pathOf = (K: number, f: (t: number) => number, g: (t: number) => number) =>
  referencePath(times(K), Float64Array.from([...times(K)].flatMap((t) => [f(t), g(t)])));
const largestError = (K: number, f: (t: number) => number): number => {
  const path = pathOf(K, f, () => 0);
  const out = new Float64Array(2);
  let largest = 0;
  for (let t = 0; t <= 2; t += 0.001) {
    path.at(t, out);
    largest = Math.max(largest, Math.abs(out[0]! - f(t)));
  }
  return largest;
};

describe('a reference path', () => {
  const cubic = (t: number) => 1 - 2 * t + 0.5 * t ** 2 - 0.7 * t ** 3;

  test.each([5, 6, 9, 21])('through %i values meets them and cubic polynomials', (K) => {
    const path = pathOf(K, cubic, (t) => -2 * cubic(t));
    const out = new Float64Array(2);
    for (let t = 0; t <= 2; t += 0.01) {
      path.at(t, out);
      expect(out[0]).toBeCloseTo(cubic(t), 12);
      expect(out[1]).toBeCloseTo(-2 * cubic(t), 11);
    }
  });

  test.each([2, 3, 4])('through %i values meets them and straight lines', (K) => {
    const path = pathOf(K, (t) => 3 - t, cubic);
    const out = new Float64Array(2);
    for (let t = 0; t <= 2; t += 0.1) {
      path.at(t, out);
      expect(out[0]).toBeCloseTo(3 - t, 13);
    }
    for (const t of times(K)) {
      path.at(t, out);
      expect(out[1]).toBeCloseTo(cubic(t), 13);
    }
  });

  test('has errors of fourth order, at the ends too', () => {
    for (const f of [(t: number) => Math.exp(-2 * t), (t: number) => Math.sin(3 * t + 1)]) {
      const order = Math.log2(largestError(21, f) / largestError(41, f));
      expect(order).toBeGreaterThan(3.7);
      expect(order).toBeLessThan(5.5);
    }
  });
});
