import type { VectorLike } from '../base/arrays.ts';
import { toVector } from '../base/arrays.ts';
import { ArgumentError } from '../base/errors.ts';
import { compensatedSum } from './sum.ts';

/** `count` equal weights of total 1. */
export function equalWeights(count: number): Float64Array {
  return new Float64Array(count).fill(1 / count);
}

/** Whether all weights are the same number. */
export function areEqual(weights: Float64Array): boolean {
  for (let i = 1; i < weights.length; i++) if (weights[i] !== weights[0]) return false;
  return true;
}

/** A checked copy of user weights, scaled to total 1. Throws on negative, infinite, NaN or all-zero weights. */
export function toProbabilities(name: string, value: VectorLike, count: number): Float64Array {
  const weights = toVector(name, value, count);
  let largest = 0;
  for (let i = 0; i < count; i++) {
    if (weights[i]! < 0) throw new ArgumentError(`${name}[${i}]`, weights[i], 'at least 0');
    largest = Math.max(largest, weights[i]!);
  }
  if (largest === 0) throw new ArgumentError(name, value, 'weights of which at least one is positive');
  // Dividing by the largest first keeps the sum of huge weights finite.
  for (let i = 0; i < count; i++) weights[i]! /= largest;
  const total = compensatedSum(weights);
  for (let i = 0; i < count; i++) weights[i]! /= total;
  return weights;
}

/** Moves the rounding error of a total into the largest weight, so that the compensated sum is `mass`. In place. */
export function settleMass(weights: Float64Array, mass: number): void {
  let heaviest = 0;
  for (let i = 1; i < weights.length; i++) if (weights[i]! > weights[heaviest]!) heaviest = i;
  for (let round = 0; round < 3; round++) {
    const missing = mass - compensatedSum(weights);
    if (missing === 0) return;
    weights[heaviest]! += missing;
  }
}
