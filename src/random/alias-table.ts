import { toVector, type VectorLike } from '../base/arrays.ts';
import { ArgumentError } from '../base/errors.ts';
import type { Stream } from './stream.ts';
import { uniformInt } from './uniform-int.ts';

/** A discrete law on 0, …, n - 1, ready to be drawn from in O(1). */
export interface AliasTable {
  readonly size: number;
  /** Probability that cell i keeps its own index. [n] */
  readonly keep: Float64Array;
  /** The index that cell i gives otherwise. [n] */
  readonly alias: Int32Array;
}

/**
 * The alias table of weights that need not sum to 1. O(n). An entry of weight 0 is never drawn; every other probability
 * is exact up to rounding, 2⁻⁵³ of the average weight. A. J. Walker, ACM TOMS 3, 1977; M. Vose, IEEE Trans. Software
 * Eng. 17, 1991.
 *
 * @param weights - `[n]`, n ≥ 1, not negative, with a positive finite sum
 */
export function aliasTable(weights: VectorLike): AliasTable {
  const share = toVector('weights', weights);
  let sum = 0;
  for (let i = 0; i < share.length; i++) {
    if (share[i]! < 0) throw new ArgumentError(`weights[${i}]`, share[i], 'at least 0');
    sum += share[i]!;
  }
  if (!(sum > 0 && sum < Number.POSITIVE_INFINITY))
    throw new ArgumentError('sum of weights', sum, 'positive and finite');
  for (let i = 0; i < share.length; i++) share[i]! *= share.length / sum;
  return pair(share);
}

/** One index, with the probability of its weight. */
export function chooseWeighted(rng: Stream, { size, keep, alias }: AliasTable): number {
  const cell = uniformInt(rng, size);
  return rng.uniform() < keep[cell]! ? cell : alias[cell]!;
}

/** Fills each cell that has less than the average share from one that has more. `share` becomes `keep`. */
function pair(share: Float64Array): AliasTable {
  const size = share.length;
  const alias = Int32Array.from({ length: size }, (_, i) => i);
  const poor: number[] = [];
  const rich: number[] = [];
  for (let i = 0; i < size; i++) (share[i]! < 1 ? poor : rich).push(i);
  while (poor.length > 0 && rich.length > 0) {
    const receiver = poor.pop()!;
    const giver = rich.at(-1)!;
    alias[receiver] = giver;
    share[giver] = share[giver]! - (1 - share[receiver]!);
    if (share[giver]! < 1) poor.push(rich.pop()!);
  }
  // Rounding may leave either list with entries whose share is 1 in exact arithmetic.
  for (const i of rich) share[i] = 1;
  for (const i of poor) share[i] = 1;
  return { size, keep: share, alias };
}
