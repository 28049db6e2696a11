import { describe, expect, it } from 'vitest';
import { allocate, costOf } from '../../src/convergence/study/allocate.ts';

const model = (own: number[], shared: number[]) => ({
  own: Float64Array.from(own),
  noise: new Float64Array(own.length),
  cross: new Float64Array(own.length),
  shared: Float64Array.from(shared),
  floor: new Float64Array(own.length),
});

describe('allocate', () => {
  it('is Neyman’s with two sizes and a reference that they share', () => {
    // The slope has variance u₁/R₁ + u₂/R₂ + (h₁ − h₂)²/L: R_i ∝ √(u_i/κ_i), L ∝ |h₁ − h₂|/√κ.
    const costs = { sizes: [1, 4], reference: 2 };
    const drawn = { counts: [10, 10], reference: 10 };
    const { counts, reference } = allocate(Float64Array.of(0, 1), model([1, 4], [1, 3, 3, 9]), costs, 1e5, drawn);
    expect(counts[1]! / counts[0]!).toBeCloseTo(1, 1);
    expect(reference / counts[0]!).toBeCloseTo(Math.SQRT2, 1);
    expect(Math.abs(costOf({ counts, reference }, costs) - 1e5)).toBeLessThan(7);
  });

  it('is mostly at the two ends, with something in the middle to see curvature with', () => {
    const x = Float64Array.of(0, 1, 2, 3, 4);
    const flat = model([1, 1, 1, 1, 1], new Array<number>(25).fill(0));
    const costs = { sizes: [1, 1, 1, 1, 1], reference: 0 };
    const { counts } = allocate(x, flat, costs, 10_000, { counts: [20, 20, 20, 20, 20], reference: 0 });
    expect((counts[0]! + counts[4]!) / 10_000).toBeGreaterThan(0.8);
    expect(counts[2]).toBeGreaterThan(500);
  });

  it('keeps what has been drawn, where that is more than it would take', () => {
    const costs = { sizes: [1, 1], reference: 0 };
    const { counts } = allocate(Float64Array.of(0, 1), model([1, 1], [0, 0, 0, 0]), costs, 100, {
      counts: [80, 10],
      reference: 0,
    });
    expect(counts).toEqual([80, 20]);
  });
});
