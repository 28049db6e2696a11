import type { FittedOrder } from './fit-order.ts';

/** Errors of the same paths at one step. */
export interface CoupledErrors {
  readonly step: number;
  /** one a path; all of one sign in the mean */
  readonly errors: Float64Array;
}

/** A mean error below this many standard errors is noise, and then no order is given. */
const NOISE = 6;
/** Normal quantile of the interval: two-sided false-alarm probability 7e-6 for a fit with no model error. */
const Z = 4.5;
/** Orders are multiples of ½: an interval wider than this can't tell them apart. */
const WIDEST = 0.25;

/**
 * Fits log mean error = order·log step + const by least squares over steps that saw the same paths. The standard error of the slope is
 * that of the mean of its influence over paths (delta method), which counts what the errors of a path at different steps have in
 * common. The interval also covers half the change of slope from the coarser to the finer half, as next-order terms bend the line.
 */
export function fitCoupledOrder(data: readonly CoupledErrors[], declared: number, widest = WIDEST): FittedOrder {
  const sorted = [...data].sort((a, b) => b.step - a.step);
  const clear = sorted.every(({ errors }) => Math.abs(mean(errors)) > NOISE * standardError(errors));
  if (sorted.length < 3 || !clear) return { verdict: 'unresolved', slope: Number.NaN, within: Infinity, used: 0 };
  const middle = Math.ceil(sorted.length / 2);
  const all = line(sorted);
  const bend = line(sorted.slice(-middle)).slope - line(sorted.slice(0, middle)).slope;
  const within = Z * all.sd + Math.abs(bend) / 2 + 0.02;
  const inside = Math.abs(all.slope - declared) <= within;
  const verdict = within > widest ? 'unresolved' : inside ? 'confirmed' : 'contradicted';
  return { verdict, slope: all.slope, within, used: sorted.length };
}

function line(data: readonly CoupledErrors[]): { slope: number; sd: number } {
  const x = data.map(({ step }) => Math.log(step));
  const centre = x.reduce((sum, v) => sum + v, 0) / x.length;
  const spread = x.reduce((sum, v) => sum + (v - centre) ** 2, 0);
  const weights = x.map((v) => (v - centre) / spread);
  const means = data.map(({ errors }) => mean(errors));
  const influence = data[0]!.errors.map((_, i) =>
    weights.reduce((sum, c, k) => sum + (c * data[k]!.errors[i]!) / means[k]!, 0),
  );
  return {
    slope: weights.reduce((sum, c, k) => sum + c * Math.log(Math.abs(means[k]!)), 0),
    sd: standardError(influence),
  };
}

function mean(v: Float64Array): number {
  return v.reduce((sum, x) => sum + x, 0) / v.length;
}

function standardError(v: Float64Array): number {
  const m = mean(v);
  return Math.sqrt(v.reduce((sum, x) => sum + (x - m) ** 2, 0) / (v.length - 1) / v.length);
}
