import { checkInteger, checkOneOf } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import type { Stream } from '../random/stream.ts';
import { splitIntoCells } from './cells.ts';
import { correctWeights } from './correct-weights.ts';
import { type EmpiricalMeasure, empiricalView } from './empirical.ts';
import { type Features, featureValues } from './features.ts';
import { atomsOf, type MeasureLike } from './measure.ts';
import { recombineInto } from './recombine.ts';
import { resampleInto } from './resample.ts';
import { compensatedDot, compensatedSum } from './sum.ts';
import { settleMass } from './weights.ts';

export const COMPRESSION_METHODS = ['recombination', 'resampling'] as const;

/** How `compress` chooses atoms. */
export type CompressionMethod = (typeof COMPRESSION_METHODS)[number];

/** Options of `compress`. */
export interface CompressOptions {
  /** The statistic φ ∈ R^m whose integral is kept to machine precision. Default: none, only mass is kept. */
  readonly features?: Features;
  /**
   * `recombination` (default, deterministic): atoms are split into ⌊count/(m+1)⌋ cells of neighbours, and in each cell
   * all but at most m + 1 atoms are removed with mass and ∫φ of the cell kept. `resampling`: systematic resampling
   * along the same cells, then the smallest relative change of the weights that restores ∫φ: weights stay nearly equal,
   * which suits particle methods; falls back to recombination if it can't keep weights nonnegative.
   */
  readonly method?: CompressionMethod;
  /** Needed by `resampling` only. */
  readonly rng?: Stream;
}

/**
 * At most `count` of the atoms of μ, reweighted: nonnegative, the same mass to the last bit, the same ∫φ dμ ∈ R^m to
 * machine precision (a few roundings of ∫|φ| dμ). Recombination costs O(Nm + count·m²) beside sorting, resampling
 * O(N + count·m²).
 *
 * @param count - at least m + 1; a measure with no more atoms than that is returned as it is
 */
export function compress(measure: MeasureLike, count: number, options: CompressOptions = {}): EmpiricalMeasure {
  const method = checkOneOf('method', options.method ?? 'recombination', COMPRESSION_METHODS);
  const atoms = atomsOf('measure', measure);
  const vectors = constraintVectors(atoms, options.features);
  const d = vectors.length / atoms.count;
  checkInteger('count', count, { min: d });
  if (method === 'resampling' && options.rng === undefined)
    throw new ArgumentError('rng', options.rng, 'a stream when method is resampling');
  if (atoms.count <= count) return atoms;
  const target = Float64Array.from({ length: d }, (_, k) => compensatedDot(atoms.weights, vectors, d, k));
  const drawn =
    options.rng && method === 'resampling' ? resampled(atoms, vectors, d, count, target, options.rng) : undefined;
  return drawn ?? recombined(atoms, vectors, d, count, target);
}

/** (1, φ(x_i)) for each atom, row-major `[N, m + 1]`. */
function constraintVectors(atoms: EmpiricalMeasure, features: Features | undefined): Float64Array {
  if (features === undefined) return new Float64Array(atoms.count).fill(1);
  const { data, columns: m } = featureValues('features', atoms, features);
  const out = new Float64Array(atoms.count * (m + 1));
  for (let i = 0; i < atoms.count; i++) {
    out[i * (m + 1)] = 1;
    for (let j = 0; j < m; j++) out[i * (m + 1) + j + 1] = data[i * m + j]!;
  }
  return out;
}

function recombined(
  atoms: EmpiricalMeasure,
  vectors: Float64Array,
  d: number,
  count: number,
  target: Float64Array,
): EmpiricalMeasure {
  const weights = atoms.weights.slice();
  const kept = splitIntoCells(atoms, positiveAtoms(weights), Math.floor(count / d)).flatMap((cell) => [
    ...recombineInto(vectors, d, weights, cell),
  ]);
  kept.sort((i, j) => i - j);
  const out = select(atoms, kept, (i) => weights[i]!);
  correctWeights(rowsOf(vectors, d, kept), d, out.weights, target);
  settleMass(out.weights, compensatedSum(atoms.weights));
  return out;
}

function resampled(
  atoms: EmpiricalMeasure,
  vectors: Float64Array,
  d: number,
  count: number,
  target: Float64Array,
  rng: Stream,
): EmpiricalMeasure | undefined {
  const order = positiveAtoms(atoms.weights);
  splitIntoCells(atoms, order, count);
  const ordered = Float64Array.from(order, (i) => atoms.weights[i]!);
  const chosen = new Int32Array(count);
  resampleInto(ordered, 'systematic', rng, chosen);
  const kept = [...chosen].map((s) => order[s]!);
  const mass = compensatedSum(atoms.weights);
  const out = select(atoms, kept, () => mass / count);
  if (!correctWeights(rowsOf(vectors, d, kept), d, out.weights, target)) return undefined;
  settleMass(out.weights, mass);
  return out;
}

function positiveAtoms(weights: Float64Array): Int32Array {
  return Int32Array.from(weights, (_, i) => i).filter((i) => weights[i]! > 0);
}

function select(atoms: EmpiricalMeasure, kept: readonly number[], weight: (i: number) => number): EmpiricalMeasure {
  return empiricalView(
    rowsOf(atoms.particles, atoms.dimension, kept),
    atoms.dimension,
    Float64Array.from(kept, weight),
  );
}

function rowsOf(source: Float64Array, columns: number, rows: readonly number[]): Float64Array {
  const out = new Float64Array(rows.length * columns);
  rows.forEach((row, s) => {
    out.set(source.subarray(row * columns, (row + 1) * columns), s * columns);
  });
  return out;
}
