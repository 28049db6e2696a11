import { asMatrix, type Matrix } from '../../base/arrays.ts';
import { coefficients, combined, controlledRows } from './controlled.ts';
import type { ControlledSample } from './controlled-fluctuations.ts';
import type { Measurements, WidthSample } from './measurements.ts';
import { principalDirections } from './principal.ts';
import { difference, endOf, rowsOf } from './rows.ts';

/** Control variates that are made of the mean of ψ: its components along the directions in which it varies most. */
const DIRECTIONS = 6;

/** The measurements of a phase with their control variates (docs/theory.md 11.1). */
export interface Controlled {
  /** Final predictions of dropout, for each width, with control variates of the start. */
  readonly samples: readonly ControlledSample[];
  /** The same less their regression on these. */
  readonly dropout: readonly Matrix[];
  /** Final predictions of the limit, one row a cloud, less the regression of the largest networks on the start. */
  readonly limit: Matrix;
  /** Dropout less random geometry less its regression on the start and on the forward noise. */
  gap(sample: WidthSample): Matrix;
}

/** Takes out of the measurements what is known of the starts and the masks. */
export function controlled({ control, samples, reference }: Measurements): Controlled {
  const m = control.mean.length;
  const basis = principalDirections(control.covariance, DIRECTIONS);
  const k = basis.length;
  const along = (values: Matrix, center: Float64Array): Matrix => {
    const R = values.shape[0]!;
    const out = new Float64Array(R * k);
    for (let r = 0; r < R; r++)
      basis.forEach((direction, a) => {
        for (let j = 0; j < m; j++) out[r * k + a]! += direction[j]! * (values.data[r * m + j]! - center[j]!);
      });
    return asMatrix(out, R, k);
  };
  const ofNeuron = covarianceAlong(basis, control.covariance);
  const all = samples.map(({ width, dropout, controls }) => ({
    rows: rowsOf(dropout, m),
    controls: along(rowsOf(controls, m), control.mean),
    covariance: ofNeuron.map((value) => value / width),
  }));
  const largest = all[all.length - 1]!;
  const ends = endOf(reference, m);
  const starts = along(rowsOf(Float64Array.from(reference.controls.flatMap((row) => [...row])), m), control.mean);
  return {
    samples: all,
    dropout: all.map(({ rows, controls }) => controlledRows(rows, controls)),
    limit: difference(ends, combined(starts, coefficients(largest.rows, largest.controls), m)),
    gap({ dropout, controls, randomGeometry, forwardNoise }) {
      const pairs = randomGeometry.length;
      const apart = difference(rowsOf(dropout.subarray(0, pairs), m), rowsOf(randomGeometry, m));
      const start = along(rowsOf(controls.subarray(0, pairs), m), control.mean);
      const noise = along(rowsOf(forwardNoise, m), new Float64Array(m));
      return controlledRows(apart, sideBySide(start, noise));
    },
  };
}

/** The covariance of a neuron's ψ along each pair of directions, `[k, k]`. */
function covarianceAlong(basis: readonly Float64Array[], covariance: Float64Array): Float64Array {
  const k = basis.length;
  return Float64Array.from({ length: k * k }, (_, at) => {
    const [a, b] = [basis[Math.floor(at / k)]!, basis[at % k]!];
    const m = a.length;
    return a.reduce((sum, x, j) => sum + x * b.reduce((inner, y, l) => inner + covariance[j * m + l]! * y, 0), 0);
  });
}

function sideBySide(a: Matrix, b: Matrix): Matrix {
  const [R, k] = a.shape as [number, number];
  const l = b.shape[1]!;
  const out = new Float64Array(R * (k + l));
  for (let r = 0; r < R; r++) {
    out.set(a.data.subarray(r * k, (r + 1) * k), r * (k + l));
    out.set(b.data.subarray(r * l, (r + 1) * l), r * (k + l) + k);
  }
  return asMatrix(out, R, k + l);
}
