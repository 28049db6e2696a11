import type { BestColumns, Offer } from './best-columns.ts';

/** The first bid increment in units of the rows' mean gap between best and second best, and how it falls. */
const FIRST_INCREMENT = 16;
const INCREMENT_FACTOR = 0.25;
const PHASES = 4;
/** A phase with more bids than this many a row is in a price war, fought in steps that are too small. */
const BIDS = 20;
const WAR_FACTOR = 16;
/** Beyond this many phases in all, the rest is left to the exact solver. */
const ATTEMPTS = 10;

/**
 * Improves column duals v by auctions with falling increments: after a phase with increment ε the pairs are optimal
 * within nε. What is kept at the end is v, and the pairs that are exactly the best of their row. It leaves the exact
 * solver a few per cent of the rows, for about 25 bids a row, most of them O(1).
 *
 * D. Bertsekas, The auction algorithm: a distributed relaxation method for the assignment problem, Annals of Operations
 * Research 14 (1988) 105–123.
 */
export function auctionInto(best: BestColumns, v: Float64Array, columnOf: Int32Array, rowOf: Int32Array): void {
  const n = v.length;
  const offer: Offer = { column: -1, least: 0, secondColumn: -1, second: 0 };
  let increment = 0;
  for (let i = 0; i < n; i++) {
    best.lookUp(i, v, offer);
    increment += (FIRST_INCREMENT * (offer.second - offer.least)) / n;
  }
  // Without any gap, or with one below the rounding of v, an auction has nothing to gain, or never ends.
  const smallest = 4 * Number.EPSILON * largest(v);
  let completed = 0;
  for (let attempt = 0; attempt < ATTEMPTS && completed < PHASES && increment > smallest * n; attempt++) {
    const settled = auction(best, v, columnOf, rowOf, increment, offer);
    if (settled) completed++;
    increment *= settled ? INCREMENT_FACTOR : WAR_FACTOR;
  }
  for (let i = 0; i < n; i++) {
    const j = columnOf[i]!;
    if (j < 0) continue;
    best.lookUp(i, v, offer);
    if (offer.column === j) continue;
    columnOf[i] = -1;
    rowOf[j] = -1;
  }
}

/** One auction for all rows; false if it was broken off. */
function auction(
  best: BestColumns,
  v: Float64Array,
  columnOf: Int32Array,
  rowOf: Int32Array,
  increment: number,
  offer: Offer,
): boolean {
  columnOf.fill(-1);
  rowOf.fill(-1);
  const bidders = Array.from(columnOf, (_, i) => i);
  for (let bids = BIDS * columnOf.length; bidders.length > 0; bids--) {
    if (bids === 0) return false;
    const i = bidders.pop()!;
    best.lookUp(i, v, offer);
    const j = offer.column;
    v[j]! -= offer.second - offer.least + increment;
    const displaced = rowOf[j]!;
    rowOf[j] = i;
    columnOf[i] = j;
    if (displaced < 0) continue;
    columnOf[displaced] = -1;
    bidders.push(displaced);
  }
  return true;
}

function largest(values: Float64Array): number {
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value));
  return size;
}
