import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { poissonClocks } from '../../src/process/index.ts';
import { stream } from '../../src/random/index.ts';

const time = fc.double({ min: 0, max: 30, noNaN: true });

describe('poissonClocks', () => {
  test.prop([time, time, time])('counts add up over intervals, in any order of asking', (a, b, c) => {
    const [low, middle, high] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
    const clocks = poissonClocks(stream(1));
    const whole = clocks.countBetween(3, 0, low, high);
    const second = clocks.countBetween(3, 0, middle, high);
    const first = clocks.countBetween(3, 0, low, middle);
    expect(first + second).toBe(whole);
    expect(poissonClocks(stream(1)).countBetween(3, 0, low, high)).toBe(whole);
  });

  test.prop([time])('the next ring is the first after the time asked about', (u) => {
    const clocks = poissonClocks(stream(2));
    const next = clocks.nextAfter(0, 1, u);
    expect(next).toBeGreaterThan(u);
    expect(clocks.countBetween(0, 1, u, next)).toBe(1);
  });

  it('rings at unit rate, independently by particle and jump', () => {
    const clocks = poissonClocks(stream(3));
    let total = 0;
    let product = 0;
    const n = 20_000;
    for (let i = 0; i < n; i++) {
      const [a, b] = [clocks.countBetween(i, 0, 0.5, 2.5), clocks.countBetween(i, 1, 0.5, 2.5)];
      total += a;
      product += (a - 2) * (b - 2);
    }
    // Poisson(2) counts: |z| < 5 has false-alarm probability 6e-7 each.
    expect(Math.abs(total / n - 2)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(product / n)).toBeLessThan(5 * Math.sqrt(4 / n));
  });
});
