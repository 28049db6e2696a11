import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { bracketedRoot } from '../../src/base/root.ts';

test.prop([fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.constantFrom(1, 3, 9), fc.boolean()])(
  'bracketedRoot ends just after a sign change, for flat, steep and broken functions',
  (root, power, broken) => {
    const f = (x: number) => (broken ? (x < root ? -1 : 2) : Math.sign(x - root) * Math.abs(x - root) ** power);
    const found = bracketedRoot(f, 0, f(0), 1, f(1), 1e-9);
    expect(f(found)).toBeGreaterThanOrEqual(0);
    expect(found - root).toBeLessThan(2e-9);
  },
);

it('bracketedRoot takes few evaluations on a smooth function', () => {
  let calls = 0;
  const f = (x: number) => {
    calls++;
    return Math.exp(x) - 2;
  };
  expect(bracketedRoot(f, 0, -1, 1, Math.E - 2, 1e-12)).toBeCloseTo(Math.LN2, 11);
  // Bisection takes 40.
  expect(calls).toBeLessThan(24);
});
