import type { EmpiricalMeasure } from '../empirical.ts';
import { atomsOfBoth, type MeasureLike } from '../measure.ts';
import { forEachStep } from './distribution-functions.ts';
import { streamedCosts } from './point-costs.ts';

/**
 * Energy distance √(2E|X − Y| − E|X − X′| − E|Y − Y′|), exact: a metric. On the line O(N) beside sorting, else O((N + M)² p).
 *
 * G. Székely and M. Rizzo, Energy statistics: a class of statistics based on distances (2013).
 */
export function energyDistance(first: MeasureLike, second: MeasureLike): number {
  return Math.sqrt(energyDistanceSquared(first, second));
}

/** 2E|X − Y| − E|X − X′| − E|Y − Y′|; on the line it is 2∫(F − G)². */
export function energyDistanceSquared(first: MeasureLike, second: MeasureLike): number {
  const [a, b] = atomsOfBoth(first, second);
  if (a.dimension === 1) {
    let sum = 0;
    forEachStep(a, b, (gap, width) => {
      sum += gap * gap * width;
    });
    return 2 * sum;
  }
  return Math.max(0, 2 * meanDistance(a, b) - meanDistance(a, a) - meanDistance(b, b));
}

function meanDistance(a: EmpiricalMeasure, b: EmpiricalMeasure): number {
  const costs = streamedCosts(a, b, 1);
  const buffer = new Float64Array(b.count);
  // Between a cloud and itself each pair counts twice and is looked at once.
  const same = a === b;
  let total = 0;
  for (let i = 0; i < a.count; i++) {
    const row = costs.row(i, same ? buffer.subarray(0, i) : buffer);
    let sum = 0;
    for (let j = 0; j < row.length; j++) sum += b.weights[j]! * row[j]!;
    total += a.weights[i]! * sum;
  }
  return same ? 2 * total : total;
}
