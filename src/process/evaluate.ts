import type { Diffusion, Drift, Statistic } from './coefficients.ts';
import { StepFailure } from './failure.ts';

/** Statistic, drift and diffusion of a process over a cloud of fixed size, whichever form the user gave them in. */
export type StatisticInto = (cloud: Float64Array, out: Float64Array) => void;
export type CoefficientInto = (cloud: Float64Array, s: Float64Array, t: number, out: Float64Array) => void;

/** The mean of φ over `count` particles. Nothing is allocated when it is called. */
export function statisticOver(statistic: Statistic | undefined, dimension: number, count: number): StatisticInto {
  if (!statistic) return () => {};
  const { cloud: fast, particle, size } = statistic;
  if (fast) return (cloud, out) => fast(cloud, count, out);
  const x = new Float64Array(dimension);
  const phi = new Float64Array(size);
  return (cloud, out) => {
    out.fill(0);
    for (let i = 0; i < count; i++) {
      copyRow(cloud, i, x);
      particle!(x, phi);
      for (let j = 0; j < size; j++) out[j]! += phi[j]!;
    }
    for (let j = 0; j < size; j++) out[j]! /= count;
  };
}

/**
 * A drift or diffusion over `count` particles, `width` numbers each; the result is checked: a number that is not finite
 * ends the run, as `diverged` if the state had blown up, else as `failed` (the user's function is at fault).
 */
export function coefficientOver(
  name: string,
  coefficient: Drift | Diffusion,
  dimension: number,
  count: number,
  width: number,
): CoefficientInto {
  const evaluate = unchecked(coefficient, dimension, count, width);
  return (cloud, s, t, out) => {
    evaluate(cloud, s, t, out);
    if (!allFinite(out, count * width)) blame(name, cloud, out, width, dimension, count * width, t);
  };
}

function unchecked(coefficient: Drift | Diffusion, p: number, count: number, width: number): CoefficientInto {
  const { cloud: fast, particle } = coefficient;
  if (fast) return (cloud, s, t, out) => fast(cloud, count, s, t, out);
  const x = new Float64Array(p);
  const row = new Float64Array(width);
  return (cloud, s, t, out) => {
    for (let i = 0; i < count; i++) {
      copyRow(cloud, i, x);
      particle!(x, s, t, row);
      for (let j = 0; j < width; j++) out[i * width + j] = row[j]!;
    }
  };
}

/** Copies row `i` of `cloud` into `x`. */
export function copyRow(cloud: Float64Array, i: number, x: Float64Array): void {
  const p = x.length;
  for (let j = 0; j < p; j++) x[j] = cloud[i * p + j]!;
}

/** Whether the first `length` entries are finite. One multiply-add an entry: x·0 is 0 only for finite x. */
export function allFinite(values: Float64Array, length = values.length): boolean {
  let probe = 0;
  for (let i = 0; i < length; i++) probe += values[i]! * 0;
  return probe === 0;
}

/** A state this large counts as blown up when a coefficient of it overflows. */
const BLOWN_UP = 1e60;

function blame(
  name: string,
  cloud: Float64Array,
  out: Float64Array,
  width: number,
  p: number,
  length: number,
  t: number,
): never {
  let at = 0;
  while (at < length && Number.isFinite(out[at])) at++;
  const i = Math.floor(at / width);
  let largest = 0;
  for (let j = i * p; j < (i + 1) * p; j++) largest = Math.max(largest, Math.abs(cloud[j]!));
  // Math.max passes NaN on, so "not below" covers it.
  if (!(largest < BLOWN_UP))
    throw new StepFailure('diverged', t, `particle ${i} has left every bound; shorten the step or check the problem`);
  throw new StepFailure('failed', t, `${name} returned ${out[at]} for particle ${i}, whose state is finite`);
}
