import { describe, expect, it } from 'vitest';
import { erfc } from '../../src/base/index.ts';
import { type DecreasingDensity, zigguratTable } from '../../src/random/ziggurat.ts';

/** Written anew, with the engine's functions, so that the library's tables have something to be held against. */
const laws: { name: string; tail: number; total: number; density: DecreasingDensity }[] = [
  {
    name: 'normal',
    tail: 3.654152885361009,
    total: Math.sqrt(Math.PI / 2),
    density: {
      density: (x) => Math.exp(-0.5 * x * x),
      inverse: (y) => Math.sqrt(-2 * Math.log(y)),
      tailArea: (x) => Math.sqrt(Math.PI / 2) * erfc(x / Math.SQRT2),
    },
  },
  {
    name: 'exponential',
    tail: 7.69711747013105,
    total: 1,
    density: { density: (x) => Math.exp(-x), inverse: (y) => -Math.log(y), tailArea: (x) => Math.exp(-x) },
  },
];

/** By how much the top layer misses height 1: 0 at the right tail, decreasing in it. */
function gap(law: DecreasingDensity, tail: number): number {
  const { edge, height } = zigguratTable(tail, law);
  const area = edge[0]! * height[1]!;
  return height[255]! + area / edge[255]! - 1;
}

describe.each(laws)('$name', ({ tail, total, density }) => {
  it('closes at the top for the tail in use, and for no other', () => {
    expect(Math.abs(gap(density, tail))).toBeLessThan(1e-12);
    let [low, high] = [tail - 1e-6, tail + 1e-6];
    expect(gap(density, low) * gap(density, high)).toBeLessThan(0);
    const rising = gap(density, high) > 0;
    for (let i = 0; i < 60; i++) {
      const middle = 0.5 * (low + high);
      if (gap(density, middle) > 0 === rising) high = middle;
      else low = middle;
    }
    expect(Math.abs(low - tail)).toBeLessThan(4e-15 * tail);
  });

  it('has 256 layers of equal area, which cover the density', () => {
    const { edge, height, scale } = zigguratTable(tail, density);
    const area = tail * density.density(tail) + density.tailArea(tail);
    expect(edge[256]).toBe(0);
    expect(height[256]).toBe(1);
    for (let i = 0; i < 256; i++) {
      const width = i === 0 ? edge[0]! : edge[i]!;
      const top = i === 255 ? 1 : height[i + 1]!;
      expect(Math.abs((width * (top - height[i]!)) / area - 1)).toBeLessThan(1e-10);
      expect(scale[i]).toBe(edge[i]! * 2 ** -52);
      if (i > 0) expect(Math.abs(density.density(edge[i]!) - height[i]!)).toBeLessThan(1e-15);
      if (i > 0) expect(edge[i + 1]!).toBeLessThan(edge[i]!);
    }
    expect(256 * area).toBeGreaterThan(total);
    expect(256 * area).toBeLessThan(1.02 * total);
  });
});
