import { ArgumentError } from '../base/errors.ts';
import { type EmpiricalMeasure, empiricalView } from './empirical.ts';
import { featureValues } from './features.ts';
import { atomsOf, type MeasureLike } from './measure.ts';

/**
 * The image T_#μ: every atom moves to T(x) and keeps its weight. The image of a grid is a cloud.
 *
 * @param map - T; the array that it gets is reused between calls. Its results must be finite and of one length, which is
 * the dimension of the image
 */
export function pushforward(measure: MeasureLike, map: (point: Float64Array) => ArrayLike<number>): EmpiricalMeasure {
  const atoms = atomsOf('measure', measure);
  const { data, columns } = featureValues('map', atoms, map);
  return empiricalView(data, columns, atoms.weights.slice());
}

/**
 * `pushforward` without allocation: writes T(x_i) to row i of `out`. Nothing is checked but the length of `out`.
 *
 * @param map - reads `point`, writes `image`; both arrays are reused between calls
 * @param out - row-major `[N, q]`
 */
export function pushforwardInto(
  measure: EmpiricalMeasure,
  map: (point: Float64Array, image: Float64Array) => void,
  out: Float64Array,
): void {
  const { count, dimension: p, particles } = measure;
  const q = out.length / count;
  if (!Number.isInteger(q))
    throw new ArgumentError('out.length', out.length, `a multiple of ${count}, the number of atoms`);
  const point = new Float64Array(p);
  const image = new Float64Array(q);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < p; k++) point[k] = particles[i * p + k]!;
    map(point, image);
    out.set(image, i * q);
  }
}
