import { describe, expect, it } from 'vitest';
import { normal, stream } from '../../src/random/index.ts';
import { fitOrder } from './fit-order.ts';

const steps = [1, 0.5, 0.25, 0.125];

describe('fitOrder', () => {
  it('finds the order of a pure power, and of one with a next-order term', () => {
    const pure = steps.map((step) => ({ step, error: 3 * step ** 2, standardError: 0 }));
    expect(fitOrder(pure, 2)).toMatchObject({ verdict: 'confirmed', used: 4 });
    expect(fitOrder(pure, 1).verdict).toBe('contradicted');
    expect(fitOrder(pure, 3).verdict).toBe('contradicted');
    const bent = steps.map((step) => ({ step, error: step + 0.3 * step ** 2, standardError: 0 }));
    expect(fitOrder(bent, 1).verdict).toBe('confirmed');
    expect(fitOrder(bent, 2).verdict).toBe('contradicted');
  });

  it('refuses to read an order off a noise floor', () => {
    const rng = stream(5);
    const floor = steps.map((step) => ({ step, error: 0.01 * normal(rng), standardError: 0.01 }));
    expect(fitOrder(floor, 1).verdict).toBe('unresolved');
    const mixed = steps.map((step) => ({ step, error: step ** 4 + 0.01 * normal(rng), standardError: 0.01 }));
    expect(fitOrder(mixed, 1).verdict).toBe('unresolved');
  });
});
