import { expNegative } from './exp-negative.ts';
import type { CostMatrix } from './point-costs.ts';

/** Checked settings of a Sinkhorn iteration. */
export interface SinkhornSettings {
  readonly regularization: number;
  readonly scaling: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  /** The first ε. */
  readonly start: number;
}

/** exp(−40) of the largest term, times 10⁶ terms, is below rounding. */
const NEGLIGIBLE = 40;

/** out_i = −ε log Σ_j exp(logWeights_j + (g_j − c_ij)/ε), with the largest exponent taken out. */
export function softMinInto(
  costs: CostMatrix,
  g: Float64Array,
  logWeights: Float64Array,
  epsilon: number,
  out: Float64Array,
): void {
  const m = costs.columns;
  const buffer = new Float64Array(m);
  const exponents = new Float64Array(m);
  const offset = new Float64Array(m);
  for (let j = 0; j < m; j++) offset[j] = logWeights[j]! + g[j]! / epsilon;
  const rate = 1 / epsilon;
  for (let i = 0; i < costs.rows; i++) {
    const row = costs.row(i, buffer);
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < m; j++) {
      const exponent = offset[j]! - row[j]! * rate;
      exponents[j] = exponent;
      if (exponent > largest) largest = exponent;
    }
    let sum = 0;
    for (let j = 0; j < m; j++) {
      const below = largest - exponents[j]!;
      if (below < NEGLIGIBLE) sum += expNegative(below);
    }
    out[i] = -epsilon * (largest + Math.log(sum));
  }
}

/** f = (f + next)/2. */
export function updateInto(f: Float64Array, next: Float64Array): void {
  for (let i = 0; i < f.length; i++) f[i] = (f[i]! + next[i]!) / 2;
}

/** Σ_i a_i |exp((f_i − next_i)/ε) − 1|: how far the plan's first marginal is from a. */
export function marginalError(f: Float64Array, next: Float64Array, a: Float64Array, epsilon: number): number {
  let sum = 0;
  for (let i = 0; i < f.length; i++) sum += a[i]! * Math.abs(Math.expm1((f[i]! - next[i]!) / epsilon));
  return sum;
}
