import * as fc from 'fast-check';
import { type CoupledClouds, coupledClouds } from '../arbitraries/coupled-clouds.ts';
import { networks } from '../arbitraries/networks.ts';
import { points } from '../arbitraries/points.ts';
import { largestDimension, type TaskConstraints } from '../arbitraries/tasks.ts';
import { LawViolation, type Tolerance } from '../violation.ts';
import { type NetworkFunctional, networkPredictions, type Rows } from './invariance.ts';
import { distanceOf } from './vanishing.ts';

/** A distance of two clouds with equal weights. */
export type CloudDistance = (first: Rows, second: Rows) => number;

/** (1/N Σ ‖x_i − y_i‖^order)^(1/order): the distance in this coupling, which no optimal one exceeds. */
export function coupledDistance({ first, second }: CoupledClouds, order = 1): number {
  let sum = 0;
  first.forEach((x, i) => {
    sum += distanceOf(x, second[i]!) ** order;
  });
  return (sum / first.length) ** (1 / order);
}

/** W_p ≤ the distance in any coupling, and W_p ≥ 0. */
export function expectCouplingInequality(
  distance: CloudDistance,
  clouds: CoupledClouds,
  order = 1,
  { tolerance = 1e-9 }: Tolerance = {},
): void {
  const bound = coupledDistance(clouds, order);
  const value = distance(clouds.first, clouds.second);
  if (!(value >= 0 && value <= bound + tolerance * Math.max(1, bound)))
    throw new LawViolation(
      'coupling inequality',
      `W_${order} is ${value}, expected in [0, ${bound}], the coupled distance`,
    );
}

/** ‖F(μ) − F(ν)‖ ≤ (1/N) Σ ‖φ(x_i) − φ(y_i)‖: what a mean over neurons obeys, with φ(x) the value for the one neuron x. */
export function expectMeanCouplingInequality(
  functional: (cloud: Rows) => ArrayLike<number>,
  { first, second }: CoupledClouds,
  { tolerance = 1e-9 }: Tolerance = {},
): void {
  const value = distanceOf(functional(first), functional(second));
  let bound = 0;
  first.forEach((x, i) => {
    bound += distanceOf(functional([x]), functional([second[i]!])) / first.length;
  });
  if (!(value <= bound + tolerance * Math.max(1, bound)))
    throw new LawViolation(
      'coupling inequality of means',
      `the means are ${value} apart, the pairs ${bound} on average`,
    );
}

/** The coupling inequality of a distance of the given order (default 1), on drawn clouds of the given dimension (default 1). */
export function couplingProperty(
  distance: CloudDistance,
  options: Tolerance & { readonly order?: number; readonly dimension?: number; readonly maxCount?: number } = {},
) {
  const { order = 1, dimension = 1, maxCount = 6 } = options;
  return fc.property(coupledClouds({ dimension, maxCount }), (clouds) =>
    expectCouplingInequality(distance, clouds, order, options),
  );
}

/** The coupling inequality of means for a function of networks, by default their predictions. */
export function meanCouplingProperty(
  functional: NetworkFunctional = networkPredictions,
  constraints: TaskConstraints & Tolerance = {},
) {
  const others = points({ dimension: largestDimension(constraints), minCount: 6, maxCount: 6 });
  return fc.property(networks({ ...constraints, maxWidth: 6 }), others, ({ task, neurons }, rows) => {
    const second = neurons.map((_, i) => rows[i]!.slice(0, task.neuron.dimension));
    expectMeanCouplingInequality((cloud) => functional(task, cloud), { first: neurons, second }, constraints);
  });
}
