import { generalizedLeastSquares } from '../generalized-least-squares.ts';
import { covarianceWith, type VarianceModel } from './variance-model.ts';

/** Replicates by size, and of the reference. */
export interface Allocation {
  readonly counts: readonly number[];
  readonly reference: number;
}

/** What replicates cost, by size and of the reference (0 where there is none to be drawn). */
export interface Costs {
  readonly sizes: readonly number[];
  readonly reference: number;
}

/** The part of the criterion that is about curvature. */
const CURVATURE = 0.02;
const ITERATIONS = 40;

/**
 * The replicates that make the fitted exponent most precise at a given total cost, on top of those already drawn.
 *
 * Minimizes h² Var(slope) + 0.02 h⁴ Var(curvature), h half the range of the log sizes: for the slope alone the two
 * extreme sizes would get everything, and nothing would tell whether one power law holds. Each variance is that of
 * generalized least squares, hence a minimum over the weights of a function that is jointly convex in weights and
 * replicates; the iteration moves each R in proportion to √(gain per cost), which is Neyman's allocation for fixed weights
 * (docs/theory.md 10.4). The reference takes part through what all sizes share.
 *
 * @param x - log sizes
 * @param budget - total cost, at least that of what has been drawn
 */
export function allocate(
  x: Float64Array,
  model: VarianceModel,
  costs: Costs,
  budget: number,
  drawn: Allocation,
): Allocation {
  const K = x.length;
  const fixed = costs.reference === 0;
  const least = [...drawn.counts, drawn.reference];
  const price = [...costs.sizes, costs.reference];
  let now = least.map((n) => Math.max(n, 1));
  for (let k = 0; k < ITERATIONS; k++) {
    const gain = gains(x, model, now.slice(0, K), fixed ? Infinity : now[K]!);
    if (gain === undefined || gain.every((g) => g === 0)) break;
    const wish = now.map((n, i) => (price[i] === 0 ? 0 : n * Math.sqrt(gain[i]! / price[i]!)));
    const next = scaleToBudget(wish, least, price, budget);
    const settled = next.every((n, i) => Math.abs(n - now[i]!) <= 0.01 * n);
    now = next;
    if (settled) break;
  }
  const counts = now.map((n, i) => Math.max(least[i]!, Math.floor(n + 1e-9)));
  return { counts: counts.slice(0, K), reference: counts[K]! };
}

/** The same number at every size and of the reference. */
export function allocateEvenly(costs: Costs, budget: number, drawn: Allocation): Allocation {
  const each = Math.floor(budget / (costs.sizes.reduce((sum, c) => sum + c, 0) + costs.reference) + 1e-9);
  return {
    counts: drawn.counts.map((n) => Math.max(n, each)),
    reference: costs.reference === 0 ? 0 : Math.max(drawn.reference, each),
  };
}

export function costOf({ counts, reference }: Allocation, costs: Costs): number {
  return counts.reduce((sum, n, i) => sum + n * costs.sizes[i]!, reference * costs.reference);
}

/** −∂criterion/∂R for each size, and for the reference last. */
function gains(x: Float64Array, model: VarianceModel, counts: number[], reference: number): number[] | undefined {
  const K = x.length;
  const covariance = covarianceWith(model, counts, reference);
  const center = x.reduce((sum, v) => sum + v, 0) / K;
  const half = (Math.max(...x) - Math.min(...x)) / 2;
  const columns = [new Float64Array(K).fill(1), x];
  const slope = generalizedLeastSquares(columns, x, covariance);
  if (slope === undefined) return undefined;
  const targets = [{ map: slope.map.slice(K), weight: half ** 2 }];
  const square = x.map((v) => (v - center) ** 2);
  const bent = K < 3 ? undefined : generalizedLeastSquares([...columns, square], x, covariance);
  if (bent) targets.push({ map: bent.map.slice(2 * K), weight: CURVATURE * half ** 4 });
  const out = new Array<number>(K + 1).fill(0);
  for (const { map, weight } of targets) {
    for (let i = 0; i < K; i++) {
      const R = counts[i]!;
      const share = weight * map[i]! ** 2;
      const cross = model.cross[i]! / (R * reference);
      out[i]! += (share * (model.own[i]! / R + (2 * model.noise[i]!) / R ** 2 + cross)) / R;
      out[K]! += (share * (cross + (2 * model.floor[i]!) / reference ** 2)) / reference;
      for (let j = 0; j < K; j++) out[K]! += (weight * map[i]! * map[j]! * model.shared[i * K + j]!) / reference ** 2;
    }
  }
  return out.map((g) => Math.max(0, g));
}

/** max(least, s·wish) with the factor s that spends the budget: those for which s·wish is too little leave one after another. */
function scaleToBudget(wish: number[], least: number[], price: number[], budget: number): number[] {
  const fixed = wish.map((w) => w === 0);
  for (;;) {
    let left = budget;
    let wanted = 0;
    wish.forEach((w, i) => {
      if (fixed[i]) left -= least[i]! * price[i]!;
      else wanted += w * price[i]!;
    });
    const s = wanted > 0 ? Math.max(0, left / wanted) : 0;
    let changed = false;
    wish.forEach((w, i) => {
      if (!fixed[i] && s * w < least[i]!) changed = fixed[i] = true;
    });
    if (!changed) return wish.map((w, i) => (fixed[i] ? least[i]! : s * w));
  }
}
