import type { CostMatrix } from './point-costs.ts';

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
 * solver a few per cent of the rows, for about 25 bids a row, O(n) each.
 *
 * D. Bertsekas, The auction algorithm: a distributed relaxation method for the assignment problem, Annals of Operations
 * Research 14 (1988) 105–123.
 */
export function auctionInto(costs: CostMatrix, v: Float64Array, columnOf: Int32Array, rowOf: Int32Array): void {
  const n = costs.rows;
  const offer: Offer = { column: -1, least: 0, second: 0 };
  const buffer = new Float64Array(n);
  let increment = 0;
  for (let i = 0; i < n; i++) {
    lookUp(costs.row(i, buffer), v, offer);
    increment += (FIRST_INCREMENT * (offer.second - offer.least)) / n;
  }
  // Without any gap, or with one below the rounding of v, an auction has nothing to gain, or never ends.
  const smallest = 4 * Number.EPSILON * largest(v);
  let completed = 0;
  for (let attempt = 0; attempt < ATTEMPTS && completed < PHASES && increment > smallest * n; attempt++) {
    const settled = auction(costs, v, columnOf, rowOf, increment, offer, buffer);
    if (settled) completed++;
    increment *= settled ? INCREMENT_FACTOR : WAR_FACTOR;
  }
  for (let i = 0; i < n; i++) {
    const j = columnOf[i]!;
    if (j < 0) continue;
    lookUp(costs.row(i, buffer), v, offer);
    if (offer.column === j) continue;
    columnOf[i] = -1;
    rowOf[j] = -1;
  }
}

/** The best column for a row, its reduced cost, and the second least. */
interface Offer {
  column: number;
  least: number;
  second: number;
}

/** One auction for all rows; false if it was broken off. */
function auction(
  costs: CostMatrix,
  v: Float64Array,
  columnOf: Int32Array,
  rowOf: Int32Array,
  increment: number,
  offer: Offer,
  buffer: Float64Array,
): boolean {
  columnOf.fill(-1);
  rowOf.fill(-1);
  const bidders = Array.from(columnOf, (_, i) => i);
  for (let bids = BIDS * columnOf.length; bidders.length > 0; bids--) {
    if (bids === 0) return false;
    const i = bidders.pop()!;
    lookUp(costs.row(i, buffer), v, offer);
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

function lookUp(row: Float64Array, v: Float64Array, offer: Offer): void {
  let least = Number.POSITIVE_INFINITY;
  let second = Number.POSITIVE_INFINITY;
  let column = -1;
  for (let j = 0; j < v.length; j++) {
    const reduced = row[j]! - v[j]!;
    if (reduced >= second) continue;
    if (reduced < least) {
      second = least;
      least = reduced;
      column = j;
    } else second = reduced;
  }
  offer.column = column;
  offer.least = least;
  offer.second = second;
}

function largest(values: Float64Array): number {
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value));
  return size;
}
