import { asMatrix, type Matrix } from '../../base/arrays.ts';
import { coefficients, combined, controlledRows } from './controlled.ts';
import type { ControlledSample } from './controlled-fluctuations.ts';
import type { WidthSample } from './measurements.ts';
import { principalDirections } from './principal.ts';
import { difference, subtract } from './rows.ts';

/** Control variates that are made of each moment of the forward noise: its components along the directions in which it varies most. */
const NOISE_DIRECTIONS = 6;
/** Pairs for each control variate from which on the start's join those of the noise: fewer pairs lose by them. */
const PAIRS_EACH = 20;

/** Final predictions of dropout with their control variates, centred. */
export function dropoutWithControls({ dropout, controls, law }: WidthSample): Required<ControlledSample> {
  const pieces = law.pieces.map(({ mean, covariance }) => ({ mean: subtract(mean, law.mean), covariance }));
  return { rows: dropout, controls: centred(controls, law.mean), covariance: law.covariance, pieces };
}

/** Rows whose mean is wanted, and replicates of the error that the estimated mean of their control variates brought into all of them. */
export interface MeanSample {
  /** `[R, m]`. */
  readonly rows: Matrix;
  /** `[P, m]`. */
  readonly offsets: Matrix;
}

/** Final predictions of dropout less their regression on the control variates. */
export function controlledMean({ rows, controls, pieces }: Required<ControlledSample>): MeanSample {
  return { rows: controlledRows(rows, controls), offsets: offsetsOf(rows, controls, pieces) };
}

/** Dropout less random geometry less its regression on what is known of their starts and masks (docs/theory.md 11.1). */
export function controlledGap(sample: WidthSample): MeanSample {
  const { dropout, controls, law, randomGeometry, forwardNoise } = sample;
  const [pairs, m] = randomGeometry.shape as [number, number];
  const first = ({ data, shape }: Matrix) => asMatrix(data.subarray(0, pairs * shape[1]!), pairs, shape[1]!);
  const noise = [0, 1].map((moment) => along(columns(forwardNoise, moment * m, m), NOISE_DIRECTIONS));
  const start = centred(first(controls), law.mean);
  const gap = difference(first(dropout), randomGeometry);
  const all = sideBySide([start, ...noise]);
  if (pairs < PAIRS_EACH * all.shape[1]!)
    return { rows: controlledRows(gap, sideBySide(noise)), offsets: asMatrix(new Float64Array(2 * m), 2, m) };
  return { rows: controlledRows(gap, all), offsets: offsetsOf(gap, all, dropoutWithControls(sample).pieces) };
}

/** What each piece of the law would have moved the rows by; the controls of estimated mean come first. */
function offsetsOf(rows: Matrix, controls: Matrix, pieces: Required<ControlledSample>['pieces']): Matrix {
  const k = controls.shape[1]!;
  const shifts = new Float64Array(pieces.length * k);
  pieces.forEach(({ mean }, l) => {
    shifts.set(mean, l * k);
  });
  return combined(asMatrix(shifts, pieces.length, k), coefficients(rows, controls), rows.shape[1]!);
}

function centred(rows: Matrix, mean: Float64Array): Matrix {
  const k = mean.length;
  return asMatrix(
    rows.data.map((value, at) => value - mean[at % k]!),
    rows.shape[0]!,
    k,
  );
}

/** Each row's combinations with `directions` `[k, s]`: `[R, k]`. */
export function combinations(rows: Matrix, directions: Float64Array): Matrix {
  const [R, s] = rows.shape as [number, number];
  const k = directions.length / s;
  const out = new Float64Array(R * k);
  for (let r = 0; r < R; r++)
    for (let a = 0; a < k; a++) {
      let sum = 0;
      for (let j = 0; j < s; j++) sum += directions[a * s + j]! * rows.data[r * s + j]!;
      out[r * k + a] = sum;
    }
  return asMatrix(out, R, k);
}

/** Components of rows of mean 0 along the directions in which they vary most. */
function along(rows: Matrix, count: number): Matrix {
  const [R, m] = rows.shape as [number, number];
  const products = new Float64Array(m * m);
  for (let r = 0; r < R; r++)
    for (let j = 0; j < m; j++)
      for (let k = 0; k < m; k++) products[j * m + k]! += rows.data[r * m + j]! * rows.data[r * m + k]!;
  const basis = principalDirections(products, count);
  return combinations(rows, Float64Array.from(basis.flatMap((direction) => [...direction])));
}

function columns({ data, shape }: Matrix, from: number, count: number): Matrix {
  const [R, all] = shape as [number, number];
  const out = new Float64Array(R * count);
  for (let r = 0; r < R; r++) out.set(data.subarray(r * all + from, r * all + from + count), r * count);
  return asMatrix(out, R, count);
}

function sideBySide(parts: readonly Matrix[]): Matrix {
  const R = parts[0]!.shape[0]!;
  const k = parts.reduce((sum, { shape }) => sum + shape[1]!, 0);
  const out = new Float64Array(R * k);
  let from = 0;
  for (const { data, shape } of parts) {
    const own = shape[1]!;
    for (let r = 0; r < R; r++) out.set(data.subarray(r * own, (r + 1) * own), r * k + from);
    from += own;
  }
  return asMatrix(out, R, k);
}
