import { checkNumber } from '../../base/check.ts';
import type { EmpiricalMeasure } from '../empirical.ts';

/** A positive definite kernel that depends on the distance only: k(x, y) = ofSquaredDistance(|x − y|²). */
export interface RadialKernel {
  readonly name: string;
  ofSquaredDistance(squared: number): number;
}

/** exp(−|x − y|²/(2·bandwidth²)). */
export function gaussianKernel(bandwidth: number): RadialKernel {
  const rate = -0.5 / checkNumber('bandwidth', bandwidth, { above: 0 }) ** 2;
  return { name: 'gaussian', ofSquaredDistance: (squared) => Math.exp(rate * squared) };
}

/** exp(−|x − y|/scale). */
export function laplaceKernel(scale: number): RadialKernel {
  checkNumber('scale', scale, { above: 0 });
  return { name: 'laplace', ofSquaredDistance: (squared) => Math.exp(-Math.sqrt(squared) / scale) };
}

/** 1/√(1 + |x − y|²/scale²): a heavy tail, which sees differences far out. */
export function inverseMultiquadricKernel(scale: number): RadialKernel {
  const rate = 1 / checkNumber('scale', scale, { above: 0 }) ** 2;
  return { name: 'inverse-multiquadric', ofSquaredDistance: (squared) => 1 / Math.sqrt(1 + rate * squared) };
}

/** −|x − y|: conditionally positive definite, without a scale. Its discrepancy is the energy distance. */
export function energyKernel(): RadialKernel {
  return { name: 'energy', ofSquaredDistance: (squared) => -Math.sqrt(squared) };
}

/** At most this many points a cloud enter the median of `medianDistance`. */
const MEDIAN_POINTS = 500;

/** The median distance between distinct points of both clouds together, from at most 500 evenly chosen points of each; 1 if 0. */
export function medianDistance(a: EmpiricalMeasure, b: EmpiricalMeasure): number {
  const points = [...thinned(a), ...thinned(b)];
  const squares: number[] = [];
  points.forEach((x, i) => {
    for (let j = 0; j < i; j++) squares.push(x.reduce((sum, value, k) => sum + (value - points[j]![k]!) ** 2, 0));
  });
  const sortedSquares = Float64Array.from(squares.filter((value) => value > 0)).sort();
  return sortedSquares.length === 0 ? 1 : Math.sqrt(sortedSquares[sortedSquares.length >> 1]!);
}

function thinned({ particles, count, dimension: p }: EmpiricalMeasure): Float64Array[] {
  const kept = Math.min(count, MEDIAN_POINTS);
  return Array.from({ length: kept }, (_, s) => {
    const i = Math.floor((s * count) / kept);
    return particles.subarray(i * p, (i + 1) * p);
  });
}
