import { auctionInto } from './assignment-auction.ts';
import { BestColumns, type Offer } from './best-columns.ts';
import type { CostMatrix } from './point-costs.ts';

/**
 * The starting phase of Jonker and Volgenant: column reduction (or auctions, from given duals), then two rounds of augmenting row reduction (an auction
 * step with the exact second price). Leaves a partial assignment and column duals v with nonnegative reduced costs;
 * returns the rows that are still free.
 *
 * @param warm - whether v holds duals to start from; any will do, good ones leave fewer rows free. Else v is overwritten
 */
export function reduceRowsInto(
  costs: CostMatrix,
  v: Float64Array,
  columnOf: Int32Array,
  rowOf: Int32Array,
  warm: boolean,
): Int32Array {
  const best = new BestColumns(costs);
  if (warm) auctionInto(best, v, columnOf, rowOf);
  else reduceColumns(costs, v, columnOf, rowOf);
  let free: Int32Array = Int32Array.from(columnOf, (_, i) => i).filter((i) => columnOf[i]! < 0);
  for (let round = 0; round < 2 && free.length > 0; round++) free = reduceFreeRows(best, v, columnOf, rowOf, free);
  return free;
}

/** v_j = the least cost of column j; the first row that attains it, if free, gets the column. */
function reduceColumns(costs: CostMatrix, v: Float64Array, columnOf: Int32Array, rowOf: Int32Array): void {
  const n = costs.rows;
  const buffer = new Float64Array(n);
  const best = new Int32Array(n);
  v.fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < n; i++) {
    const row = costs.row(i, buffer);
    for (let j = 0; j < n; j++)
      if (row[j]! < v[j]!) {
        v[j] = row[j]!;
        best[j] = i;
      }
  }
  for (let j = n - 1; j >= 0; j--) {
    const i = best[j]!;
    if (columnOf[i]! >= 0) continue;
    columnOf[i] = j;
    rowOf[j] = i;
  }
}

function reduceFreeRows(
  best: BestColumns,
  v: Float64Array,
  columnOf: Int32Array,
  rowOf: Int32Array,
  free: Int32Array,
): Int32Array {
  const n = v.length;
  const offer: Offer = { column: -1, least: 0, secondColumn: -1, second: 0 };
  const later: number[] = [];
  const queue = [...free].reverse();
  // With real costs a price war may go on for long by tiny steps: past this many bids the rest is left to the paths.
  let bids = 4 * n + 16;
  while (queue.length > 0) {
    const i = queue.pop()!;
    if (bids-- <= 0 || n < 2) {
      later.push(i);
      continue;
    }
    best.lookUp(i, v, offer);
    const { column: j1, least, secondColumn: j2, second } = offer;
    const lowered = v[j1]! - (second - least);
    const strict = lowered < v[j1]!;
    const target = !strict && rowOf[j1]! >= 0 && j2 >= 0 ? j2 : j1;
    if (strict) v[j1] = lowered;
    const displaced = rowOf[target]!;
    columnOf[i] = target;
    rowOf[target] = i;
    if (displaced < 0) continue;
    columnOf[displaced] = -1;
    if (strict) queue.push(displaced);
    else later.push(displaced);
  }
  return Int32Array.from(later);
}
