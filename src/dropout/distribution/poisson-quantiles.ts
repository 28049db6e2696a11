import { firstAbove } from '../../base/search.ts';
import { logGamma } from '../../base/special-functions.ts';

/** The quantile function of a Poisson law, by a table of its distribution function up to where the rest is below rounding. */
export function poissonQuantiles(mean: number): (u: number) => number {
  const cumulated = poissonProbabilities(mean);
  for (let k = 1; k < cumulated.length; k++) cumulated[k]! += cumulated[k - 1]!;
  return (u) => firstAbove(cumulated, u);
}

/** P(N = k) for k = 0, 1, … up to where the rest is below 1e-17, scaled to sum 1. */
export function poissonProbabilities(mean: number): Float64Array {
  const out: number[] = [];
  for (let k = 0; ; k++) {
    const probability = mean === 0 ? (k === 0 ? 1 : 0) : Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
    out.push(probability);
    if (k > mean && probability < 1e-18) break;
  }
  const total = out.reduce((a, b) => a + b, 0);
  return Float64Array.from(out, (value) => value / total);
}
