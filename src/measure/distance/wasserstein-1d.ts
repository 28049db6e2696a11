import { ArgumentError } from '../../base/errors.ts';
import { argsort, gather } from '../argsort.ts';
import type { EmpiricalMeasure } from '../empirical.ts';
import { lineAtomsOfBoth, type MeasureLike } from '../measure.ts';
import { sortedCopy } from '../radix-sort.ts';
import { areEqual } from '../weights.ts';

/** Overlaps of less mass than this, of a total of 1, are taken for rounding of the weights by order infinity. */
const NEGLIGIBLE_MASS = 1e-12;

/**
 * W_p(μ, ν) on the line, exact for weighted atoms: (∫₀¹ |F⁻¹(u) − G⁻¹(u)|^p du)^(1/p). O(N) beside radix sorting.
 *
 * C. Villani, Topics in Optimal Transportation (2003), theorem 2.18.
 *
 * @param order - p in [1, ∞], default 1; ∞ gives the largest displacement of the monotone coupling
 */
export function wasserstein1D(first: MeasureLike, second: MeasureLike, order = 1): number {
  checkOrder(order);
  const [a, b] = lineAtomsOfBoth(first, second);
  const [x, y] = [sorted(a), sorted(b)];
  if (order === Number.POSITIVE_INFINITY) return largestGap(x, y);
  const unit = largestGap(x, y);
  // Powers of relative gaps can't overflow or vanish altogether, whatever the order.
  return unit === 0 ? 0 : unit * powerCost(x, y, order, unit) ** (1 / order);
}

/** W_p(μ, ν)^p on the line: no root, so that it can be averaged. See `wasserstein1D`. */
export function wasserstein1DPower(first: MeasureLike, second: MeasureLike, order = 1): number {
  checkOrder(order, Number.MAX_VALUE);
  const [a, b] = lineAtomsOfBoth(first, second);
  return powerCost(sorted(a), sorted(b), order, 1);
}

/** Throws unless 1 ≤ order ≤ `max` (default ∞). */
export function checkOrder(order: number, max = Number.POSITIVE_INFINITY): number {
  if (!(order >= 1 && order <= max))
    throw new ArgumentError('order', order, `a number in [1, ${max === Number.MAX_VALUE ? 'inf)' : 'inf]'}`);
  return order;
}

/** Sorted atoms of the line. */
export interface SortedAtoms {
  readonly values: Float64Array;
  /** Masses of total 1, or none if they are equal. */
  readonly masses: Float64Array | undefined;
}

export function sorted(measure: EmpiricalMeasure, values = measure.particles): SortedAtoms {
  if (areEqual(measure.weights)) return { values: sortedCopy(values), masses: undefined };
  const order = argsort(values);
  return { values: gather(values, order), masses: gather(measure.weights, order) };
}

/** ∫ |(F⁻¹ − G⁻¹)/unit|^order du. */
export function powerCost(a: SortedAtoms, b: SortedAtoms, order: number, unit: number): number {
  let sum = 0;
  let total = 0;
  forEachOverlap(a, b, (i, j, mass) => {
    const gap = Math.abs(a.values[i]! - b.values[j]!) / unit;
    sum += mass * (order === 1 ? gap : order === 2 ? gap * gap : gap ** order);
    total += mass;
  });
  return sum / total;
}

function largestGap(a: SortedAtoms, b: SortedAtoms): number {
  let largest = 0;
  const exact = a.masses === undefined && b.masses === undefined;
  forEachOverlap(a, b, (i, j, mass) => {
    if (exact || mass > NEGLIGIBLE_MASS) largest = Math.max(largest, Math.abs(a.values[i]! - b.values[j]!));
  });
  return largest;
}

/** Visits the pieces of the monotone coupling. Equal weights on both sides are counted in whole units: no rounding. */
function forEachOverlap(a: SortedAtoms, b: SortedAtoms, visit: (i: number, j: number, mass: number) => void): void {
  const [n, m] = [a.values.length, b.values.length];
  if (a.masses === undefined && b.masses === undefined && n === m) {
    for (let i = 0; i < n; i++) visit(i, i, 1);
    return;
  }
  const exact = a.masses === undefined && b.masses === undefined;
  const massA = (i: number) => (exact ? m : (a.masses?.[i] ?? 1 / n));
  const massB = (j: number) => (exact ? n : (b.masses?.[j] ?? 1 / m));
  let leftA = massA(0);
  let leftB = massB(0);
  for (let i = 0, j = 0; ; ) {
    const mass = Math.min(leftA, leftB);
    if (mass > 0) visit(i, j, mass);
    leftA -= mass;
    leftB -= mass;
    // At the ends the rounding of the two totals may leave a rest on one side only: it is dropped.
    if (leftA <= 0) {
      if (++i === n) return;
      leftA = massA(i);
    }
    if (leftB <= 0) {
      if (++j === m) return;
      leftB = massB(j);
    }
  }
}
