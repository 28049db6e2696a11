import { expect, it } from 'vitest';
import { expNegative } from '../../../src/measure/distance/exp-negative.ts';

it('agrees with Math.exp on its whole range', () => {
  for (let i = 0; i <= 44_000; i++) {
    const x = i / 1000;
    expect(Math.abs(expNegative(x) / Math.exp(-x) - 1)).toBeLessThanOrEqual(3e-16 * (1 + x));
  }
  expect(expNegative(0)).toBe(1);
});
