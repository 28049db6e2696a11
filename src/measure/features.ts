import { type MatrixLike, type RowMajor, toRowMajor } from '../base/arrays.ts';
import { ArgumentError } from '../base/errors.ts';
import type { EmpiricalMeasure } from './empirical.ts';

/**
 * A statistic φ: R^p → R^m of a measure's atoms: a function of a point, or its values `[N, m]` at the atoms. The array
 * that the function gets is reused between calls.
 */
export type Features = ((point: Float64Array) => ArrayLike<number>) | MatrixLike;

/** The values of φ at the atoms, row-major `[N, m]`. Throws on values that are not finite or change in number. */
export function featureValues(name: string, measure: EmpiricalMeasure, features: Features): RowMajor {
  if (typeof features !== 'function') {
    const values = toRowMajor(name, features);
    if (values.rows !== measure.count)
      throw new ArgumentError(`${name}.length`, values.rows, `${measure.count}, the number of atoms`);
    return values;
  }
  const { count, dimension: p, particles } = measure;
  const point = new Float64Array(p);
  let data = new Float64Array(0);
  let columns = 0;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < p; k++) point[k] = particles[i * p + k]!;
    const value = features(point);
    if (i === 0) {
      columns = value.length;
      data = new Float64Array(count * columns);
    }
    if (value.length !== columns)
      throw new ArgumentError(`${name}(point).length`, value.length, `${columns} at every point, as at the first`);
    for (let j = 0; j < columns; j++) {
      if (!Number.isFinite(value[j])) throw new ArgumentError(`${name}(point)[${j}]`, value[j], 'a finite number');
      data[i * columns + j] = value[j]!;
    }
  }
  return { data, rows: count, columns };
}
