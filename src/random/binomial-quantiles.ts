import { firstAbove } from '../base/search.ts';
import { binomialLogProbability } from './saddle-point.ts';

/**
 * The quantile function of a binomial law, by a table of its distribution function up to where the rest is below 1e-17.
 *
 * @param n - trials, an integer ≥ 0
 * @param p - in (0, 1]
 */
export function binomialQuantiles(n: number, p: number): (u: number) => number {
  if (n === 0 || p === 1) return () => n;
  const cumulated: number[] = [];
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    const probability = Math.exp(binomialLogProbability(k, n, p));
    sum += probability;
    cumulated.push(sum);
    if (k > n * p && probability < 1e-18) break;
  }
  const table = Float64Array.from(cumulated, (value) => value / sum);
  return (u) => firstAbove(table, u);
}
