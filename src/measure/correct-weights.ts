import { solvePositiveDefinite } from '../base/linear-algebra.ts';

/**
 * Changes weights as little as possible so that Σ_i w_i a_i = target ∈ R^d, and none is negative: δ minimizes
 * Σ δ_i²/w_i, a relative change, so that small weights change little. A weight that would turn negative is fixed at 0
 * and the rest solved again. In place. O(rounds · Nd²).
 *
 * @param vectors - row-major `[N, d]`, the constraint vectors a_i
 * @returns whether the target was met to within rounding; if not, `weights` is nonnegative but wrong
 */
export function correctWeights(
  vectors: Float64Array,
  d: number,
  weights: Float64Array,
  target: Float64Array,
  rounds = 20,
): boolean {
  const n = weights.length;
  const residual = new Float64Array(d);
  const scale = new Float64Array(d);
  let previous = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const size = residualInto(vectors, d, weights, target, residual, scale);
    const done = size <= 2 * Number.EPSILON;
    if (done || (size <= 64 * Number.EPSILON && size >= previous / 2)) return true;
    previous = size;
    const multipliers = solveNormal(vectors, d, weights, scale, residual);
    for (let i = 0; i < n; i++) {
      let change = 0;
      for (let k = 0; k < d; k++) change += multipliers[k]! * (vectors[i * d + k]! / scale[k]!);
      weights[i] = Math.max(0, weights[i]! * (1 + change));
    }
  }
  return residualInto(vectors, d, weights, target, residual, scale) <= 64 * Number.EPSILON;
}

/** target − Σ w_i a_i with compensation, in units of Σ w_i |a_i| (the `scale`); returns its largest entry. */
function residualInto(
  vectors: Float64Array,
  d: number,
  weights: Float64Array,
  target: Float64Array,
  residual: Float64Array,
  scale: Float64Array,
): number {
  let largest = 0;
  for (let k = 0; k < d; k++) {
    let sum = target[k]!;
    let lost = 0;
    let size = 0;
    for (let i = 0; i < weights.length; i++) {
      const term = -weights[i]! * vectors[i * d + k]!;
      const next = sum + term;
      lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
      sum = next;
      size += Math.abs(term);
    }
    scale[k] = size > 0 ? size : 1;
    residual[k] = (sum + lost) / scale[k]!;
    largest = Math.max(largest, Math.abs(residual[k]!));
  }
  return largest;
}

/** Solves (A W Aᵀ + ridge) y = residual by Cholesky; the ridge carries dependent constraints, the rounds its error. */
function solveNormal(
  vectors: Float64Array,
  d: number,
  weights: Float64Array,
  scale: Float64Array,
  residual: Float64Array,
): Float64Array {
  const gram = new Float64Array(d * d);
  const row = new Float64Array(d);
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!;
    if (w === 0) continue;
    for (let k = 0; k < d; k++) row[k] = vectors[i * d + k]! / scale[k]!;
    for (let k = 0; k < d; k++) {
      const factor = w * row[k]!;
      for (let l = 0; l <= k; l++) gram[k * d + l]! += factor * row[l]!;
    }
  }
  let trace = 0;
  for (let k = 0; k < d; k++) trace += gram[k * d + k]!;
  for (let ridge = 1e-13 * trace; ; ridge *= 100) {
    for (let k = 0; k < d; k++) gram[k * d + k]! += ridge;
    const y = solvePositiveDefinite(gram, residual);
    if (y !== undefined) return y;
  }
}
