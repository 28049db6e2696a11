import type { CostMatrix } from './point-costs.ts';
import { SpanningTree } from './spanning-tree.ts';

/** Arcs priced together before the best of them enters. */
const BLOCK = 256;
/** Arcs kept from each row at a pricing of the whole matrix. */
const PER_ROW = 16;

/** Arcs row → column with their costs. */
interface Candidates {
  count: number;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly costs: Float64Array;
}

/**
 * Primal network simplex for the dense transport problem: pivots on a short list of candidate arcs (the most negative
 * ones of each row) until none is left to improve, then prices the whole matrix for new ones, until there are none.
 * Memory O((n + m)·16) beside the costs.
 *
 * R. Ahuja, T. Magnanti, J. Orlin, Network Flows (1993), chapter 11; the candidate list is its section 11.5.
 *
 * @param supplies - `[n]`, positive whole numbers
 * @param demands - `[m]`, positive whole numbers of the same total
 * @returns the optimal tree; reduced costs are at least −1e-13 times the largest cost
 */
export function solveTransport(costs: CostMatrix, supplies: Float64Array, demands: Float64Array): SpanningTree {
  const largest = largestCost(costs);
  // A pair i → root → j then costs more than the arc i → j, so no flow through the root is optimal.
  const tree = new SpanningTree(costs.rows, supplies, demands, largest > 0 ? largest : 1);
  const tolerance = 1e-13 * largest;
  const candidates: Candidates = {
    count: 0,
    rows: new Int32Array(costs.rows * PER_ROW),
    columns: new Int32Array(costs.rows * PER_ROW),
    costs: new Float64Array(costs.rows * PER_ROW),
  };
  for (;;) {
    priceAll(costs, tree.potential, -tolerance, candidates);
    if (candidates.count === 0) return tree;
    pivotOn(candidates, tree, -tolerance, costs.rows);
  }
}

/** Pivots, each time on the best arc of a block, until a whole round over the candidates finds none. */
function pivotOn({ count, rows, columns, costs }: Candidates, tree: SpanningTree, below: number, n: number): void {
  const y = tree.potential;
  let at = 0;
  let idle = 0;
  while (idle < count) {
    let best = below;
    let entering = -1;
    for (let s = 0; s < BLOCK && idle < count; s++, idle++) {
      const reduced = costs[at]! + y[rows[at]!]! - y[n + columns[at]!]!;
      if (reduced < best) {
        best = reduced;
        entering = at;
      }
      if (++at === count) at = 0;
    }
    if (entering < 0) continue;
    tree.pivot(rows[entering]!, n + columns[entering]!, best);
    idle = 0;
  }
}

/** Collects the arcs of each row with the most negative reduced costs, at most PER_ROW of them. */
function priceAll(costs: CostMatrix, y: Float64Array, below: number, out: Candidates): void {
  const { rows: n, columns: m } = costs;
  const buffer = new Float64Array(m);
  const best = new Float64Array(PER_ROW);
  const where = new Int32Array(PER_ROW);
  out.count = 0;
  for (let i = 0; i < n; i++) {
    const row = costs.row(i, buffer);
    const limit = below - y[i]!;
    let held = 0;
    let threshold = limit;
    for (let j = 0; j < m; j++) {
      const reduced = row[j]! - y[n + j]!;
      if (reduced >= threshold) continue;
      let s = held < PER_ROW ? held++ : PER_ROW - 1;
      for (; s > 0 && best[s - 1]! > reduced; s--) {
        best[s] = best[s - 1]!;
        where[s] = where[s - 1]!;
      }
      best[s] = reduced;
      where[s] = j;
      if (held === PER_ROW) threshold = best[PER_ROW - 1]!;
    }
    for (let s = 0; s < held; s++, out.count++) {
      out.rows[out.count] = i;
      out.columns[out.count] = where[s]!;
      out.costs[out.count] = row[where[s]!]!;
    }
  }
}

function largestCost(costs: CostMatrix): number {
  const buffer = new Float64Array(costs.columns);
  let largest = 0;
  for (let i = 0; i < costs.rows; i++) {
    const row = costs.row(i, buffer);
    for (let j = 0; j < costs.columns; j++) {
      const size = Math.abs(row[j]!);
      if (size > largest) largest = size;
    }
  }
  return largest;
}
