import * as fc from 'fast-check';
import { type LearningTask, predictions } from '../../network/index.ts';
import { type NetworkConstraints, networks } from '../arbitraries/networks.ts';
import { permutations } from '../arbitraries/permutations.ts';
import { expectClose, type Tolerance } from '../violation.ts';

/** Neurons or particles as rows `[n][p]`. */
export type Rows = readonly (readonly number[])[];

/** A number or vector that belongs to a network, e.g. its predictions. */
export type NetworkFunctional = (task: LearningTask, neurons: Rows) => ArrayLike<number>;

/** A function of a cloud does not depend on the order of its points; up to rounding. */
export function expectPermutationInvariance(
  functional: (cloud: Rows) => ArrayLike<number>,
  cloud: Rows,
  order: readonly number[],
  tolerance?: Tolerance,
): void {
  const permuted = order.map((i) => cloud[i]!);
  expectClose('permutation invariance', 'the permuted value', functional(permuted), functional(cloud), tolerance);
}

/** A function of a cloud does not change when each point is taken `times` times: it depends on the measure only. */
export function expectDuplicationInvariance(
  functional: (cloud: Rows) => ArrayLike<number>,
  cloud: Rows,
  times: number,
  tolerance?: Tolerance,
): void {
  const copies = cloud.flatMap((point) => Array.from({ length: times }, () => point));
  expectClose(
    'duplication invariance',
    `the value with ${times} copies`,
    functional(copies),
    functional(cloud),
    tolerance,
  );
}

/** Both invariances of a function of networks, by default of their predictions. */
export function invarianceProperty(
  functional: NetworkFunctional = networkPredictions,
  constraints: NetworkConstraints & Tolerance = {},
) {
  const { maxWidth = 6 } = constraints;
  return fc.property(
    networks({ ...constraints, maxWidth }),
    permutations(maxWidth),
    fc.integer({ min: 2, max: 4 }),
    ({ task, neurons }, permutation, times) => {
      const value = (cloud: Rows) => functional(task, cloud);
      expectPermutationInvariance(value, neurons, permutation(neurons.length), constraints);
      expectDuplicationInvariance(value, neurons, times, constraints);
    },
  );
}

/** F(μⁿ) of rows. */
export function networkPredictions(task: LearningTask, neurons: Rows): Float64Array {
  return predictions(
    task,
    neurons.map((row) => [...row]),
  );
}
