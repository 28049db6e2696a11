import { checkInteger, checkOneOf } from '../base/check.ts';
import type { Stream } from '../random/stream.ts';
import { type EmpiricalMeasure, empiricalView } from './empirical.ts';
import { atomsOf, type MeasureLike } from './measure.ts';
import { compensatedSum } from './sum.ts';

export const RESAMPLING_METHODS = ['multinomial', 'stratified', 'systematic'] as const;

/**
 * How atoms are drawn. `multinomial`: independently. `stratified`: one uniform in each of N equal slices of the mass.
 * `systematic`: one uniform shared by all slices, so that an atom of weight w appears ⌊Nw⌋ or ⌈Nw⌉ times.
 */
export type ResamplingMethod = (typeof RESAMPLING_METHODS)[number];

/**
 * `count` atoms of equal weight drawn from μ, unbiased for every expectation. O(N + count).
 *
 * R. Douc, O. Cappé, E. Moulines, Comparison of resampling schemes for particle filtering (2005), section 2.
 *
 * @param options.method - default `systematic`. Stratified never has a larger variance than multinomial; systematic
 * usually has the least, and depends on the order of the atoms: sort them along a curve first
 */
export function resample(
  measure: MeasureLike,
  count: number,
  options: { readonly rng: Stream; readonly method?: ResamplingMethod },
): EmpiricalMeasure {
  const { particles, dimension: p, weights } = atomsOf('measure', measure);
  checkInteger('count', count, { min: 1 });
  const chosen = new Int32Array(count);
  resampleInto(weights, options.method ?? 'systematic', options.rng, chosen);
  const out = new Float64Array(count * p);
  for (let i = 0; i < count; i++) out.set(particles.subarray(chosen[i]! * p, (chosen[i]! + 1) * p), i * p);
  return empiricalView(out, p, new Float64Array(count).fill(compensatedSum(weights) / count));
}

/** Writes the indices of the drawn atoms, in increasing order, to `out` `[count]`. */
export function resampleInto(weights: Float64Array, method: ResamplingMethod, rng: Stream, out: Int32Array): void {
  checkOneOf('method', method, RESAMPLING_METHODS);
  const levels = method === 'multinomial' ? sortedUniforms(rng, out.length) : new Float64Array(out.length);
  if (method !== 'multinomial') {
    let shift = rng.uniform();
    for (let i = 0; i < levels.length; i++) {
      if (method === 'stratified' && i > 0) shift = rng.uniform();
      levels[i] = (i + shift) / levels.length;
    }
  }
  invert(weights, levels, out);
}

/** The atom whose slice of the cumulated weights holds each of the increasing levels; never one of weight 0. */
function invert(weights: Float64Array, levels: Float64Array, out: Int32Array): void {
  const mass = compensatedSum(weights);
  let last = weights.length - 1;
  while (weights[last] === 0) last--;
  let atom = 0;
  let below = 0;
  for (let i = 0; i < levels.length; i++) {
    while (atom < last && (below + weights[atom]!) / mass <= levels[i]!) below += weights[atom++]!;
    out[i] = atom;
  }
}

/** Order statistics of independent uniforms, as normalized sums of exponentials. */
function sortedUniforms(rng: Stream, count: number): Float64Array {
  const out = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) out[i] = sum -= Math.log(rng.uniformOpen());
  sum -= Math.log(rng.uniformOpen());
  return out.map((value) => value / sum);
}
