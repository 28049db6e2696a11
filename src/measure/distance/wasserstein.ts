import { ArgumentError } from '../../base/errors.ts';
import type { EmpiricalMeasure } from '../empirical.ts';
import { atomsOfBoth, type MeasureLike } from '../measure.ts';
import { massOf } from '../moments.ts';
import { areEqual } from '../weights.ts';
import { type Assignment, assignCosts } from './assignment.ts';
import { pointCosts } from './point-costs.ts';
import { type Transport, transportCosts } from './transport.ts';
import { checkOrder, wasserstein1D, wasserstein1DPower } from './wasserstein-1d.ts';

/**
 * W_p(μ, ν) for the Euclidean distance, exact in every dimension. On the line by sorting; two clouds of N equal weights
 * by assignment, O(N³) at worst; otherwise by the transport solver.
 *
 * @param order - p in [1, ∞), default 1
 */
export function wasserstein(first: MeasureLike, second: MeasureLike, order = 1): number {
  checkOrder(order, Number.MAX_VALUE);
  const [a, b] = atomsOfBoth(first, second);
  return a.dimension === 1 ? wasserstein1D(a, b, order) : optimalCost(a, b, order) ** (1 / order);
}

/** W_p(μ, ν)^p: see `wasserstein`. */
export function wassersteinPower(first: MeasureLike, second: MeasureLike, order = 1): number {
  checkOrder(order, Number.MAX_VALUE);
  const [a, b] = atomsOfBoth(first, second);
  return a.dimension === 1 ? wasserstein1DPower(a, b, order) : optimalCost(a, b, order);
}

/** W₁(μ, ν), exact: see `wasserstein`. */
export function wasserstein1(first: MeasureLike, second: MeasureLike): number {
  return wasserstein(first, second, 1);
}

/** W₂(μ, ν), exact, not squared: see `wasserstein`. */
export function wasserstein2(first: MeasureLike, second: MeasureLike): number {
  return wasserstein(first, second, 2);
}

/** W₂(μ, ν)², exact: see `wasserstein`. */
export function wasserstein2Squared(first: MeasureLike, second: MeasureLike): number {
  return wassersteinPower(first, second, 2);
}

/**
 * The optimal pairing of two clouds of N points each with equal weights, with its duals: W_p^p = `cost`/N for
 * cost |x − y|^p. Throws if the weights are not equal or the sizes differ; `transportPlan` takes those.
 *
 * @param order - default 2
 */
export function assignmentPlan(first: MeasureLike, second: MeasureLike, order = 2): Assignment {
  checkOrder(order, Number.MAX_VALUE);
  const [a, b] = atomsOfBoth(first, second);
  if (b.count !== a.count)
    throw new ArgumentError('second.count', b.count, `${a.count}, the number of points of first`);
  for (const [name, { weights }] of [
    ['first', a],
    ['second', b],
  ] as const)
    if (!areEqual(weights)) throw new ArgumentError(`${name}.weights`, weights, 'equal (else use transportPlan)');
  return assignCosts(pointCosts(a, b, order));
}

/**
 * The optimal coupling of two weighted clouds, with its duals: W_p^p = `cost` for cost |x − y|^p.
 *
 * @param order - default 2
 */
export function transportPlan(first: MeasureLike, second: MeasureLike, order = 2): Transport {
  checkOrder(order, Number.MAX_VALUE);
  const [a, b] = atomsOfBoth(first, second);
  return transportCosts(pointCosts(a, b, order), normalized(a), normalized(b));
}

function optimalCost(a: EmpiricalMeasure, b: EmpiricalMeasure, order: number): number {
  const costs = pointCosts(a, b, order);
  if (a.count === b.count && areEqual(a.weights) && areEqual(b.weights)) return assignCosts(costs).cost / a.count;
  return transportCosts(costs, normalized(a), normalized(b)).cost;
}

function normalized(measure: EmpiricalMeasure): Float64Array {
  const mass = massOf(measure);
  return mass === 1 ? measure.weights : measure.weights.map((w) => w / mass);
}
