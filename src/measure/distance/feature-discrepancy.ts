import { toVector, type VectorLike } from '../../base/arrays.ts';
import { ArgumentError } from '../../base/errors.ts';
import { expectationsOf } from '../expectation.ts';
import { atomsOfBoth, type MeasureLike } from '../measure.ts';

/**
 * ‖F(μ) − F(μ′)‖_ν with F(μ) = ∫φ dμ: the maximum mean discrepancy of the kernel ⟨φ(x), φ(y)⟩_ν, in O(Nm). With a neuron's
 * feature map it is the distance between the predictions of two networks.
 *
 * @param features - φ: R^p → R^m; the array that it gets is reused between calls
 * @param weights - ν, `[m]`, nonnegative. Default: all 1, the Euclidean norm
 */
export function featureDiscrepancy(
  first: MeasureLike,
  second: MeasureLike,
  features: (point: Float64Array) => ArrayLike<number>,
  weights?: VectorLike,
): number {
  const [a, b] = atomsOfBoth(first, second);
  const f = expectationsOf(a, features);
  const g = expectationsOf(b, features);
  const nu = weights === undefined ? new Float64Array(f.length).fill(1) : toVector('weights', weights, f.length);
  nu.forEach((value, j) => {
    if (value < 0) throw new ArgumentError(`weights[${j}]`, value, 'at least 0');
  });
  return Math.sqrt(f.reduce((sum, value, j) => sum + nu[j]! * (value - g[j]!) ** 2, 0));
}
