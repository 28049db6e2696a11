import { type Features, featureValues } from './features.ts';
import { atomsOf, type MeasureLike } from './measure.ts';
import { compensatedDot } from './sum.ts';

/**
 * ∫ f dμ for a real function of a point. Compensated sum, N calls of f.
 *
 * @param f - the array that it gets is reused between calls
 * @throws ArgumentError where f is not finite
 */
export function expectationOf(measure: MeasureLike, f: (point: Float64Array) => number): number {
  return expectationsOf(measure, (point) => [f(point)])[0]!;
}

/** ∫ φ dμ ∈ R^m for a statistic: F(μ) when φ is a neuron's feature map. Compensated sums, O(Nm) beside φ. */
export function expectationsOf(measure: MeasureLike, features: Features): Float64Array {
  const atoms = atomsOf('measure', measure);
  const { data, columns } = featureValues('features', atoms, features);
  return Float64Array.from({ length: columns }, (_, j) => compensatedDot(atoms.weights, data, columns, j));
}
