import { coarseColumnDuals } from './coarse-duals.ts';
import type { CostMatrix } from './point-costs.ts';
import { SpanningTree } from './spanning-tree.ts';

/** Arcs priced together before the best of them enters. */
const BLOCK = 256;
/** Arcs collected from one row at most. */
const PER_ROW = 4;

/** Arcs collected before pivoting starts; more in large problems. */
const ENOUGH = 64;

/** Arcs row → column with their costs, where the search for more goes on, and its scratch space. */
interface Candidates {
  count: number;
  row: number;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly costs: Float64Array;
  readonly buffer: Float64Array;
  readonly best: Float64Array;
  readonly where: Int32Array;
}

/**
 * Primal network simplex for the dense transport problem: pivots on a short list of candidate arcs (the most negative
 * ones of some rows) until none of them improves, then walks on for new ones, until all rows have none.
 * Memory O(n + m) beside the costs.
 *
 * R. Ahuja, T. Magnanti, J. Orlin, Network Flows (1993), chapter 11; the candidate list is its section 11.5.
 *
 * @param supplies - `[n]`, positive whole numbers
 * @param demands - `[m]`, positive whole numbers of the same total
 * @returns the optimal tree; reduced costs are at least −1e-13 times the largest cost
 */
export function solveTransport(costs: CostMatrix, supplies: Float64Array, demands: Float64Array): SpanningTree {
  const v = coarseColumnDuals(costs, (thinned, rows, columns) => {
    const [a, b] = balanced(rows, supplies, columns, demands);
    const coarse = solveTransport(thinned, a, b);
    return coarse.potential.slice(0, rows.length).map((y) => -y);
  });
  const start = startingDuals(costs, v ?? new Float64Array(costs.columns));
  const tree = new SpanningTree(costs.rows, supplies, demands, start.u, start.v, start.bigCost);
  const tolerance = 1e-13 * start.largest;
  const pricing = makePricing(costs);
  while (collect(costs, tree.potential, -tolerance, pricing)) pivotOn(pricing, tree, -tolerance, costs.rows);
  return tree;
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

/**
 * Walks on over the rows, from where it stopped last, and collects the most negative arcs of each, until it has ENOUGH or
 * has seen every row; false if there are none at all.
 */
function collect(costs: CostMatrix, y: Float64Array, below: number, out: Candidates): boolean {
  const { rows: n, columns: m } = costs;
  const { buffer, best, where } = out;
  const enough = Math.max(ENOUGH, n >> 4);
  out.count = 0;
  for (let seen = 0; seen < n && out.count < enough; seen++) {
    const i = out.row;
    out.row = i + 1 === n ? 0 : i + 1;
    const row = costs.row(i, buffer);
    let held = 0;
    let threshold = below - y[i]!;
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
  return out.count > 0;
}

function makePricing(costs: CostMatrix): Candidates {
  const size = Math.max(ENOUGH, costs.rows >> 4) + PER_ROW;
  return {
    count: 0,
    row: 0,
    rows: new Int32Array(size),
    columns: new Int32Array(size),
    costs: new Float64Array(size),
    buffer: new Float64Array(costs.columns),
    best: new Float64Array(PER_ROW),
    where: new Int32Array(PER_ROW),
  };
}

/**
 * u_i = min_j (c_ij − v_j), and a cost that makes the detour i → root → j, at u_i + v_j + 2·bigCost, dearer than any arc
 * i → j, so that no flow through the root is optimal.
 */
function startingDuals(costs: CostMatrix, v: Float64Array) {
  const buffer = new Float64Array(costs.columns);
  const u = new Float64Array(costs.rows);
  let largest = 0;
  let widest = 0;
  for (let i = 0; i < costs.rows; i++) {
    const row = costs.row(i, buffer);
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < v.length; j++) {
      const size = Math.abs(row[j]!);
      const reduced = row[j]! - v[j]!;
      if (size > largest) largest = size;
      if (reduced < least) least = reduced;
      if (reduced > most) most = reduced;
    }
    u[i] = least;
    widest = Math.max(widest, most - least);
  }
  return { u, v, largest, bigCost: widest > 0 ? widest : 1 };
}

/** The thinned supplies and demands, with the smaller total raised to the larger at its largest entry. */
function balanced(rows: Int32Array, supplies: Float64Array, columns: Int32Array, demands: Float64Array) {
  const a = Float64Array.from(rows, (i) => supplies[i]!);
  const b = Float64Array.from(columns, (j) => demands[j]!);
  const excess = a.reduce((s, x) => s + x, 0) - b.reduce((s, x) => s + x, 0);
  const short = excess > 0 ? b : a;
  const share = Math.floor(Math.abs(excess) / short.length);
  for (let k = 0; k < short.length; k++) short[k]! += share;
  short[0]! += Math.abs(excess) - share * short.length;
  return [a, b] as const;
}
