import { type MatrixLike, type RowMajor, toRowMajor, toVector, type VectorLike } from '../base/arrays.ts';
import { checkInteger, checkNumber } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { normalQuantile } from '../base/special-functions.ts';
import { normal, SOBOL_DIMENSIONS, type Stream, sobolInto, sobolSequence, uniformInt } from '../random/index.ts';

/** The law μ₀ of a neuron at time 0. */
export interface InitialLaw {
  /** p. */
  readonly dimension: number;
  /** The points `[k, p]` of a fixed start; absent for a law that is sampled. */
  readonly points?: RowMajor;
  /** Independent normals: their means and standard deviations by coordinate, for exact and quasi-random uses. */
  readonly normal?: { readonly means: Float64Array; readonly scales: Float64Array };
  /** Writes `count` independent draws into `out`, `[count, p]`. */
  sampleInto(rng: Stream, count: number, out: Float64Array): void;
  /**
   * Writes `count` points that are each distributed like a draw and together spread more evenly (scrambled Sobol points; best for
   * powers of two), where the law can be sampled so: for limits, whose initial sampling error it nearly removes.
   */
  quasiSampleInto?(rng: Stream, count: number, out: Float64Array): void;
}

/**
 * Independent normal coordinates.
 *
 * @param scales - standard deviation of each coordinate, ≥ 0
 * @param means - default 0
 */
export function independentNormals(scales: VectorLike, means?: VectorLike): InitialLaw {
  const s = toVector('scales', scales);
  if (s.length === 0) throw new ArgumentError('scales', s, 'at least one standard deviation');
  for (let k = 0; k < s.length; k++) checkNumber(`scales[${k}]`, s[k], { min: 0 });
  const m = means === undefined ? new Float64Array(s.length) : toVector('means', means, s.length);
  return {
    dimension: s.length,
    normal: { means: m, scales: s },
    sampleInto(rng, count, out) {
      for (let i = 0, write = 0; i < count; i++)
        for (let k = 0; k < s.length; k++, write++) out[write] = m[k]! + s[k]! * normal(rng);
    },
    ...(s.length > SOBOL_DIMENSIONS ? {} : { quasiSampleInto: quasiNormals(s, m) }),
  };
}

function quasiNormals(scales: Float64Array, means: Float64Array): NonNullable<InitialLaw['quasiSampleInto']> {
  const dimension = scales.length;
  return (rng, count, out) => {
    sobolInto(sobolSequence({ dimension, rng }), 0, count, out);
    for (let i = 0, write = 0; i < count; i++)
      for (let k = 0; k < dimension; k++, write++) out[write] = means[k]! + scales[k]! * normalQuantile(out[write]!);
  };
}

/**
 * The start of a perceptron: outer weight, inner weights and bias are independent centred normals; inner weights and
 * bias share one standard deviation. Defaults 1 and 1.
 */
export function perceptronNormals(options: {
  /** p of the neuron. */
  readonly dimension: number;
  readonly outer?: number;
  readonly inner?: number;
}): InitialLaw {
  const p = checkInteger('dimension', options.dimension, { min: 2 });
  const outer = checkNumber('outer', options.outer ?? 1, { min: 0 });
  const inner = checkNumber('inner', options.inner ?? 1, { min: 0 });
  return independentNormals(Float64Array.from({ length: p }, (_, k) => (k === 0 ? outer : inner)));
}

/**
 * Fixed neurons: a network of width k starts at exactly these points, a limit at their empirical measure (a sample
 * from it picks points uniformly).
 *
 * @param points - `[k, p]`, k ≥ 1
 */
export function fixedPoints(points: MatrixLike): InitialLaw {
  const rows = toRowMajor('points', points);
  if (rows.rows === 0 || rows.columns === 0)
    throw new ArgumentError('points', `[${rows.rows}, ${rows.columns}]`, 'at least one point with one coordinate');
  const p = rows.columns;
  return {
    dimension: p,
    points: rows,
    sampleInto(rng, count, out) {
      for (let i = 0; i < count; i++) {
        const from = uniformInt(rng, rows.rows) * p;
        for (let k = 0; k < p; k++) out[i * p + k] = rows.data[from + k]!;
      }
    },
  };
}
