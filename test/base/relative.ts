import { expect } from 'vitest';

/** Fails unless |actual − expected| ≤ tolerance·|expected|. */
export function expectRelative(actual: number, expected: number, tolerance: number, label = ''): void {
  const error = Math.abs(actual - expected) / Math.abs(expected || 1);
  expect(error, `${label}: got ${actual}, expected ${expected}, relative error`).toBeLessThanOrEqual(tolerance);
}
