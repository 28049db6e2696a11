import { asMatrix, type Matrix } from '../../base/arrays.ts';
import { KNOWN_PARTS } from '../cells/twins.ts';
import { coefficients, combined, controlledRows } from './controlled.ts';
import type { ControlSample, WidthSample } from './measurements.ts';
import { principalDirections } from './principal.ts';
import { difference, joined, meanRow, rowsOf, shifted } from './rows.ts';

/** Control variates that are made of each moment of the forward noise: its components along the directions in which it varies most. */
const NOISE_DIRECTIONS = 6;
/** Pairs for each control variate from which on the start's join those of the noise: fewer pairs lose by them. */
const PAIRS_EACH = 20;
/** Pairs by which the directions of the noise are found. */
const MOST = 500;

/** Dropout less random geometry less its regression on what is known of their starts and masks (docs/theory.md 11.1). */
export function controlledGap({ dropout, centred, randomGeometry, forwardNoise }: WidthSample): Matrix {
  const pairs = randomGeometry.shape[0]!;
  const first = ({ data, shape }: Matrix) => asMatrix(data.subarray(0, pairs * shape[1]!), pairs, shape[1]!);
  const S = forwardNoise.shape[1]! / 2;
  const noise = [0, 1].map((moment) => along(columns(forwardNoise, moment * S, S), NOISE_DIRECTIONS));
  const all = sideBySide([...noise, first(centred)]);
  const controls = pairs < PAIRS_EACH * all.shape[1]! ? sideBySide(noise) : all;
  return controlledRows(difference(first(dropout), randomGeometry), controls);
}

/** Combinations with `directions` `[k, 6S]` of twins' features, less their mean as the pieces of their law have it. */
export function controlSample(twins: Matrix, directions: Float64Array, means: readonly Float64Array[]): ControlSample {
  const pieces = rowsOf(joined(means), means[0]!.length);
  const mean = meanRow(pieces);
  return { rows: shifted(combinations(twins, directions), mean), pieces: shifted(pieces, mean) };
}

/** What each piece of the law of the controls would have moved rows less their regression on these by, `[pieces, m]`. */
export function offsets(rows: Matrix, { rows: controls, pieces }: ControlSample): Matrix {
  return combined(pieces, coefficients(rows, controls), rows.shape[1]!);
}

/** Combinations with `directions` `[k, 3S]` of the features of known mean, φ(x₀), w₁φ(x₀) and w₂φ(x₀), less their means. */
export function centredCombinations(twins: Matrix, directions: Float64Array, startMean: Float64Array): Matrix {
  const known = startMean.length * KNOWN_PARTS;
  const means = new Float64Array(known);
  means.set(startMean);
  return combinations(shifted(columns(twins, 0, known), means), directions);
}

/** Σ_r x_r x_rᵀ over the first R rows, `[m, m]`. */
function products(rows: Float64Array, R: number, m: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let r = 0; r < R; r++)
    for (let j = 0; j < m; j++) {
      const x = rows[r * m + j]!;
      for (let k = 0, at = r * m, to = j * m; k <= j; k++) out[to++]! += x * rows[at++]!;
    }
  for (let j = 0; j < m; j++) for (let k = 0; k < j; k++) out[k * m + j] = out[j * m + k]!;
  return out;
}

/** Each row's combinations with `directions` `[k, s]`: `[R, k]`. */
export function combinations(rows: Matrix, directions: Float64Array): Matrix {
  const [R, s] = rows.shape as [number, number];
  const k = directions.length / s;
  const { data } = rows;
  const out = new Float64Array(R * k);
  for (let r = 0; r < R; r++)
    for (let a = 0; a < k; a++) {
      let sum = 0;
      for (let j = 0, from = a * s, at = r * s; j < s; j++) sum += directions[from++]! * data[at++]!;
      out[r * k + a] = sum;
    }
  return asMatrix(out, R, k);
}

/** Components of rows of mean 0 along the directions in which they vary most. */
function along(rows: Matrix, count: number): Matrix {
  const [R, m] = rows.shape as [number, number];
  const basis = principalDirections(products(rows.data, Math.min(R, MOST), m), count);
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
