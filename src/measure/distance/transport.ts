import { type MatrixLike, toRowMajor, type VectorLike } from '../../base/arrays.ts';
import { ArgumentError } from '../../base/errors.ts';
import { compensatedSum } from '../sum.ts';
import { areEqual, equalWeights, toProbabilities } from '../weights.ts';
import { selectCosts } from './coarse-duals.ts';
import { solveTransport } from './network-simplex.ts';
import { type CostMatrix, storedCosts } from './point-costs.ts';
import type { SpanningTree } from './spanning-tree.ts';
import { toUnits } from './transport-units.ts';

/** An optimal coupling, sparse, with the certificate that it is optimal. */
export interface Transport {
  /** The plan sends masses[k] from row rows[k] to column columns[k]: at most n + m − 1 entries, sorted by row. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /** Positive. Row and column sums are the weights, to 2⁻⁵² of the total mass 1. */
  readonly masses: Float64Array;
  /** Σ masses[k] · cost[rows[k]][columns[k]]. */
  readonly cost: number;
  /** u `[n]` and v `[m]`: u_i + v_j ≤ cost[i][j] to one rounding, for all pairs. */
  readonly rowDuals: Float64Array;
  readonly columnDuals: Float64Array;
  /** `cost` − (Σ a_i u_i + Σ b_j v_j): bounds the distance from the optimum; about 1e-13 of the largest cost. */
  readonly gap: number;
}

/**
 * The cheapest way to move one distribution of mass onto another, exact: network simplex. About n^2.5 in practice.
 *
 * @param costs - `[n, m]`, finite, of any sign
 * @param rowWeights - `[n]`, nonnegative, scaled to total 1. Default: equal
 * @param columnWeights - `[m]`, likewise
 */
export function transport(costs: MatrixLike, rowWeights?: VectorLike, columnWeights?: VectorLike): Transport {
  const { data, rows, columns } = toRowMajor('costs', costs);
  if (rows * columns === 0) throw new ArgumentError('costs', [rows, columns], 'at least one row and one column');
  return transportCosts(
    storedCosts(data, rows, columns),
    rowWeights === undefined ? equalWeights(rows) : toProbabilities('rowWeights', rowWeights, rows),
    columnWeights === undefined ? equalWeights(columns) : toProbabilities('columnWeights', columnWeights, columns),
  );
}

/** `transport` for costs that need not be stored, and weights of total 1. */
export function transportCosts(costs: CostMatrix, a: Float64Array, b: Float64Array): Transport {
  const units = toUnits(a, b, areEqual(a) && areEqual(b));
  const rowIndex = positive(units.supplies);
  const columnIndex = positive(units.demands);
  const tree = solveTransport(
    subset(costs, rowIndex, columnIndex),
    pick(units.supplies, rowIndex),
    pick(units.demands, columnIndex),
  );
  const plan = planOf(tree, rowIndex, columnIndex, units.total);
  return { ...plan, ...certify(costs, a, b, plan, tree, rowIndex, columnIndex) };
}

type Plan = Pick<Transport, 'rows' | 'columns' | 'masses'>;

function planOf(tree: SpanningTree, rowIndex: Int32Array, columnIndex: Int32Array, total: number): Plan {
  const n = rowIndex.length;
  const arcs: [number, number, number][] = [];
  for (let u = 0; u < tree.root; u++) {
    const w = tree.parent[u]!;
    if (w === tree.root || tree.flow[u] === 0) continue;
    const [row, column] = u < n ? [u, w] : [w, u];
    arcs.push([rowIndex[row]!, columnIndex[column - n]!, tree.flow[u]! / total]);
  }
  arcs.sort((s, t) => s[0] - t[0] || s[1] - t[1]);
  return {
    rows: Int32Array.from(arcs, (arc) => arc[0]),
    columns: Int32Array.from(arcs, (arc) => arc[1]),
    masses: Float64Array.from(arcs, (arc) => arc[2]),
  };
}

/**
 * The plan's cost, and duals from the tree made feasible for all pairs: columns keep theirs (one of weight 0 gets the best
 * that the rows allow), and each row takes the least of cost − v, which changes it by rounding only.
 */
function certify(
  costs: CostMatrix,
  a: Float64Array,
  b: Float64Array,
  plan: Plan,
  tree: SpanningTree,
  rowIndex: Int32Array,
  columnIndex: Int32Array,
): Pick<Transport, 'cost' | 'rowDuals' | 'columnDuals' | 'gap'> {
  const buffer = new Float64Array(costs.columns);
  const columnDuals = new Float64Array(costs.columns).fill(Number.POSITIVE_INFINITY);
  rowIndex.forEach((i, s) => {
    if (columnIndex.length === costs.columns) return;
    const row = costs.row(i, buffer);
    for (let j = 0; j < row.length; j++) columnDuals[j] = Math.min(columnDuals[j]!, row[j]! + tree.potential[s]!);
  });
  columnIndex.forEach((j, s) => {
    columnDuals[j] = tree.potential[rowIndex.length + s]!;
  });
  const rowDuals = new Float64Array(costs.rows);
  const terms = new Float64Array(plan.rows.length);
  let at = 0;
  for (let i = 0; i < costs.rows; i++) {
    const row = costs.row(i, buffer);
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < row.length; j++) least = Math.min(least, row[j]! - columnDuals[j]!);
    rowDuals[i] = least;
    for (; at < terms.length && plan.rows[at] === i; at++) terms[at] = plan.masses[at]! * row[plan.columns[at]!]!;
  }
  const cost = compensatedSum(terms);
  const dual = compensatedSum([...a.map((w, i) => w * rowDuals[i]!), ...b.map((w, j) => w * columnDuals[j]!)]);
  return { cost, rowDuals, columnDuals, gap: cost - dual };
}

function positive(units: Float64Array): Int32Array {
  return Int32Array.from(units, (_, i) => i).filter((i) => units[i]! > 0);
}

function pick(source: Float64Array, index: Int32Array): Float64Array {
  return Float64Array.from(index, (i) => source[i]!);
}

/** The rows and columns of positive weight. */
function subset(costs: CostMatrix, rowIndex: Int32Array, columnIndex: Int32Array): CostMatrix {
  const whole = rowIndex.length === costs.rows && columnIndex.length === costs.columns;
  return whole ? costs : selectCosts(costs, rowIndex, columnIndex);
}
