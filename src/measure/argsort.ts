import { radixSort } from './radix-sort.ts';

/**
 * The order that sorts `values` increasingly (stable): values[order[0]] ≤ values[order[1]] ≤ … NaN must not occur, and the two
 * zeros tie.
 *
 * Radix sort, O(N). Short inputs take a comparator, whose set-up is free.
 */
export function argsort(values: Float64Array): Uint32Array {
  const n = values.length;
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  if (n < 256) return order.sort((i, j) => values[i]! - values[j]! || i - j);
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) keys[i] = values[i]! + 0; // -0 + 0 = 0
  return radixSort(keys, order).order!;
}

/** `source` in the given order. */
export function gather(source: Float64Array, order: Uint32Array): Float64Array {
  const out = new Float64Array(order.length);
  for (let i = 0; i < out.length; i++) out[i] = source[order[i]!]!;
  return out;
}
