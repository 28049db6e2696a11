import { log, log1p } from './elementary.ts';

/**
 * log k! - [(k + ½) log k - k + ½ log 2π], the error of Stirling's formula, for an integer k ≥ 0 (∞ at 0 is replaced by
 * what makes `logFactorial` right). C. Loader, Fast and accurate computation of binomial probabilities, 2000.
 */
export function stirlingError(k: number): number {
  return k < 16 ? SMALL[k]! : stirlingSeries(k);
}

function stirlingSeries(k: number): number {
  const s = 1 / (k * k);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360) * s) * s) * s) * s) * s) / k;
}

/**
 * D(x, m) = x log(x/m) + m - x, without the cancellation near x = m (Loader's bd0).
 */
export function deviance(x: number, m: number): number {
  if (x === 0) return m;
  if (Math.abs(x - m) < 0.1 * (x + m)) {
    // With v = (x - m)/(x + m): x log(x/m) = 2x(v + v³/3 + v⁵/5 + …) and 2xv - (x - m) = (x - m)v.
    const v = (x - m) / (x + m);
    let sum = (x - m) * v;
    let power = 2 * x * v;
    for (let j = 3; ; j += 2) {
      power *= v * v;
      const next = sum + power / j;
      if (next === sum) return sum;
      sum = next;
    }
  }
  return x * log(x / m) + m - x;
}

/** log of the Poisson probability e^(-mean) mean^k / k!, with a relative error of the probability near 1e-15 (1 + mean^½). */
export function poissonLogProbability(k: number, mean: number): number {
  if (k === 0) return -mean;
  return -stirlingError(k) - deviance(k, mean) - 0.5 * log(2 * Math.PI * k);
}

/** log of the binomial probability of k successes in n trials, 0 ≤ k ≤ n, 0 < p < 1. */
export function binomialLogProbability(k: number, n: number, p: number): number {
  if (k === 0) return n * log1p(-p);
  if (k === n) return n * log(p);
  return (
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    deviance(k, n * p) -
    deviance(n - k, n * (1 - p)) +
    0.5 * log(n / (2 * Math.PI * k * (n - k)))
  );
}

/** Exact values: log k! - Stirling's formula, k = 1 … 15. */
const SMALL = smallErrors();

function smallErrors(): Float64Array {
  const out = new Float64Array(16);
  // Upwards from k to k - 1: e(k - 1) - e(k) = (k - ½) log(k/(k - 1)) - 1, summed from where the series is exact.
  out[15] = stirlingSeries(15);
  for (let k = 15; k > 1; k--) out[k - 1] = out[k]! + (k - 0.5) * log(k / (k - 1)) - 1;
  return out;
}
