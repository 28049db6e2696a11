import { cholesky, solveLowerInto } from '../base/linear-algebra.ts';
import type { ErrorEstimates } from './error-estimates.ts';

/** Exponents are sought in this range; an interval that reaches its end counts as unbounded on that side. */
export const EXPONENT_RANGE = [-6, 4] as const;

/** The profile deviance of the exponent: −2 log likelihood, minimized over the prefactor. */
export interface LikelihoodFit {
  readonly exponent: number;
  readonly logPrefactor: number;
  /** Log errors linearized at the fit, log e_i + (v_i − e_i^k)/(k e_i^k), with their covariance there. */
  readonly working: { readonly y: Float64Array; readonly covariance: Float64Array };
  /** The exponents whose deviance is at most `threshold` above the minimum; an end is infinite if it leaves the range. */
  interval(threshold: number): [number, number];
}

/**
 * Fits v_i ≈ (C·size_i^a)^power by maximum likelihood on the scale of the estimates themselves, so that those below the
 * noise floor, even negative ones, take part without bias. No logarithm of data is taken.
 */
export function likelihoodFit(logSizes: Float64Array, estimates: ErrorEstimates): LikelihoodFit | undefined {
  const { values, power } = estimates;
  const K = values.length;
  const center = logSizes.reduce((sum, v) => sum + v, 0) / K;
  const x = logSizes.map((v) => v - center);
  const logs = values.map((v, i) => Math.log(Math.max(v, Math.sqrt(estimates.covariance[i * K + i]!))) / power);
  if (!logs.every(Number.isFinite)) return undefined;
  const fitted = new Float64Array(K);
  const deviance = (exponent: number, level: number): number => {
    for (let i = 0; i < K; i++) fitted[i] = Math.exp(level + exponent * x[i]!);
    return devianceAt(fitted, estimates);
  };
  // The best level lies near those that fit one size exactly; with a wrong exponent each of them may have its own minimum.
  const profile = (exponent: number) => {
    const candidates = logs.map((v, i) => v - exponent * x[i]!);
    const low = Math.min(...candidates) - 2;
    const high = Math.max(...candidates) + 1;
    return minimize((level) => deviance(exponent, level), low, high, Math.ceil((high - low) / 0.3), 1e-4);
  };
  const best = minimize((exponent) => profile(exponent).value, ...EXPONENT_RANGE, 50, 1e-6);
  const level = profile(best.at).at;
  const errors = x.map((v) => Math.exp(level + best.at * v));
  const noise = covarianceAt(errors, estimates);
  return {
    working: {
      y: errors.map((e, i) => Math.log(e) + (values[i]! - e ** power) / (power * e ** power)),
      covariance: noise.map((v, k) => v / (power * power * (errors[Math.floor(k / K)]! * errors[k % K]!) ** power)),
    },
    exponent: best.at,
    logPrefactor: level - best.at * center,
    interval(threshold) {
      const excess = (exponent: number) => profile(exponent).value - best.value - threshold;
      return [crossing(excess, best.at, EXPONENT_RANGE[0]), crossing(excess, best.at, EXPONENT_RANGE[1])];
    },
  };
}

/**
 * @internal −2 log likelihood up to a constant. With a model, Q_i = value_i + tr U_i is a quadratic form, and (Q_i/κ₁)^h is normal to a
 * high order for h = 1 − κ₁κ₃/(3κ₂²) (D. R. Jensen, H. Solomon, JASA 67, 1972): a cube root where there is noise only,
 * a square root far above it. Sizes are joined by a normal copula with the correlations of the Q_i.
 */
export function devianceAt(errors: Float64Array, estimates: ErrorEstimates): number {
  const { values, power, model } = estimates;
  const K = values.length;
  const v = covarianceAt(errors, estimates);
  const z = new Float64Array(K);
  let sum = 0;
  if (model === undefined) for (let i = 0; i < K; i++) z[i] = values[i]! - errors[i]! ** power;
  else {
    for (let i = 0; i < K; i++) {
      const square = errors[i]! ** 2;
      const mean = square + model.trace[i]!;
      const variance = v[i * K + i]!;
      const skew = 24 * square * model.skewDirectional[i]! + model.skewConstant[i]!;
      const h = 1 - (mean * skew) / (3 * variance * variance);
      const ratio = Math.max(1e-12, (values[i]! + model.trace[i]!) / mean);
      const spread = (Math.abs(h) * Math.sqrt(variance)) / mean;
      z[i] =
        Math.sign(h) * (ratio ** h - 1 - (h * (h - 1) * variance) / (2 * mean * mean)) * (Math.sqrt(variance) / spread);
      // log of dQ/dz, less what the correlation's determinant brings
      sum += 2 * (1 - h) * Math.log(ratio);
    }
  }
  const lower = cholesky(v, K);
  if (lower === undefined) return Infinity;
  solveLowerInto(lower, K, z);
  for (let i = 0; i < K; i++) sum += z[i]! ** 2 + 2 * Math.log(lower[i * K + i]!);
  return Number.isNaN(sum) ? Infinity : sum;
}

/** The covariance of the estimates if `errors` were the true errors. */
function covarianceAt(errors: Float64Array, { model, covariance }: ErrorEstimates): Float64Array {
  const K = errors.length;
  if (model === undefined) return covariance;
  const out = new Float64Array(K * K);
  for (let i = 0; i < K; i++)
    for (let j = 0; j < K; j++)
      out[i * K + j] = model.constant[i * K + j]! + 4 * errors[i]! * errors[j]! * model.directional[i * K + j]!;
  return out;
}

/** A minimum on [low, high]: the best of a grid, then golden sections around it. */
function minimize(
  f: (x: number) => number,
  low: number,
  high: number,
  grid: number,
  tolerance: number,
): { at: number; value: number } {
  let at = low;
  let value = Infinity;
  const step = (high - low) / grid;
  for (let i = 0; i <= grid; i++) {
    const y = f(low + i * step);
    if (y < value) {
      value = y;
      at = low + i * step;
    }
  }
  let a = Math.max(low, at - step);
  let b = Math.min(high, at + step);
  const golden = (Math.sqrt(5) - 1) / 2;
  let left = b - golden * (b - a);
  let right = a + golden * (b - a);
  let fLeft = f(left);
  let fRight = f(right);
  while (b - a > tolerance) {
    if (fLeft <= fRight) {
      b = right;
      [right, fRight] = [left, fLeft];
      fLeft = f((left = b - golden * (b - a)));
    } else {
      a = left;
      [left, fLeft] = [right, fRight];
      fRight = f((right = a + golden * (b - a)));
    }
  }
  return fLeft < value || fRight < value
    ? fLeft <= fRight
      ? { at: left, value: fLeft }
      : { at: right, value: fRight }
    : { at, value };
}

/** Where `excess` becomes positive on the way from `from` to `to`; ±∞ if it does not. */
function crossing(excess: (x: number) => number, from: number, to: number): number {
  let inside = from;
  for (let k = 1; k <= 20; k++) {
    const x = from + (to - from) * (k / 20) ** 3;
    if (excess(x) <= 0) {
      inside = x;
      continue;
    }
    let outside = x;
    while (Math.abs(outside - inside) > 1e-5) {
      const middle = (inside + outside) / 2;
      if (excess(middle) > 0) outside = middle;
      else inside = middle;
    }
    return outside;
  }
  return to > from ? Infinity : Number.NEGATIVE_INFINITY;
}
