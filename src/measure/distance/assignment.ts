import { type MatrixLike, toRowMajor } from '../../base/arrays.ts';
import { ArgumentError } from '../../base/errors.ts';
import { reduceRowsInto } from './assignment-start.ts';
import { coarseColumnDuals } from './coarse-duals.ts';
import { type CostMatrix, storedCosts } from './point-costs.ts';

/** An optimal one-to-one assignment, with the certificate that it is optimal. */
export interface Assignment {
  /** The column of each row, `[n]`: a permutation. */
  readonly columnOf: Int32Array;
  /** Σ_i cost[i][columnOf[i]]. */
  readonly cost: number;
  /** u `[n]` and v `[n]`: u_i + v_j ≤ cost[i][j] to rounding, with equality where row i has column j. */
  readonly rowDuals: Float64Array;
  readonly columnDuals: Float64Array;
}

/**
 * The permutation of least total cost of a square matrix, exact. O(n³) at worst.
 *
 * R. Jonker and A. Volgenant, A shortest augmenting path algorithm for dense and sparse linear assignment problems,
 * Computing 38 (1987) 325–340.
 *
 * @param costs - `[n, n]`, n ≥ 1, finite
 */
export function assign(costs: MatrixLike): Assignment {
  const { data, rows, columns } = toRowMajor('costs', costs);
  if (rows === 0 || rows !== columns)
    throw new ArgumentError('costs', [rows, columns], 'a square matrix, [n, n] (this is its shape)');
  return assignCosts(storedCosts(data, rows, columns));
}

/** `assign` for costs that need not be stored: O(n) memory beside them. */
export function assignCosts(costs: CostMatrix): Assignment {
  const n = costs.rows;
  const columnOf = new Int32Array(n).fill(-1);
  const rowOf = new Int32Array(n).fill(-1);
  const coarse = coarseColumnDuals(costs, (thinned) => assignCosts(thinned).rowDuals);
  const v = coarse ?? new Float64Array(n);
  const free = reduceRowsInto(costs, v, columnOf, rowOf, coarse !== undefined);
  augmentAll(costs, v, columnOf, rowOf, free);
  const rowDuals = new Float64Array(n);
  const chosen = new Float64Array(n);
  const buffer = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = costs.row(i, buffer);
    chosen[i] = row[columnOf[i]!]!;
    rowDuals[i] = chosen[i]! - v[columnOf[i]!]!;
  }
  let cost = 0;
  for (const value of chosen.sort()) cost += value;
  return { columnOf, cost, rowDuals, columnDuals: v };
}

/** For each free row, Dijkstra's shortest path of reduced costs to a free column; then the pairs along it switch. */
function augmentAll(
  costs: CostMatrix,
  v: Float64Array,
  columnOf: Int32Array,
  rowOf: Int32Array,
  free: Int32Array,
): void {
  const n = costs.rows;
  const distance = new Float64Array(n);
  const previous = new Int32Array(n); // the row from which a column was reached
  const columns = Int32Array.from({ length: n }, (_, j) => j); // settled | at the least distance | the rest
  const buffer = new Float64Array(n);
  for (const start of free) {
    const first = costs.row(start, buffer);
    for (let j = 0; j < n; j++) {
      distance[j] = first[j]! - v[j]!;
      previous[j] = start;
    }
    let settled = 0; // columns[0 … settled) have been scanned
    let ready = 0; // columns[settled … ready) are at the least distance
    let least = 0;
    let end = -1;
    let before = 0; // number of columns settled below the final distance
    while (end < 0) {
      if (settled === ready) {
        before = settled;
        least = distance[columns[ready]!]!;
        for (let s = ready; s < n; s++) {
          const j = columns[s]!;
          const d = distance[j]!;
          if (d > least) continue;
          if (d < least) {
            least = d;
            ready = settled;
          }
          columns[s] = columns[ready]!;
          columns[ready++] = j;
        }
        for (let s = settled; s < ready && end < 0; s++) if (rowOf[columns[s]!]! < 0) end = columns[s]!;
        if (end >= 0) break;
      }
      const settledColumn = columns[settled++]!;
      const i = rowOf[settledColumn]!;
      const row = costs.row(i, buffer);
      const shift = row[settledColumn]! - v[settledColumn]! - least;
      for (let s = ready; s < n; s++) {
        const j = columns[s]!;
        const through = row[j]! - v[j]! - shift;
        if (through >= distance[j]!) continue;
        distance[j] = through;
        previous[j] = i;
        if (through > least) continue;
        if (rowOf[j]! < 0) {
          end = j;
          break;
        }
        columns[s] = columns[ready]!;
        columns[ready++] = j;
      }
    }
    for (let s = 0; s < before; s++) {
      const j = columns[s]!;
      v[j]! += distance[j]! - least;
    }
    for (let j = end; ; ) {
      const i = previous[j]!;
      rowOf[j] = i;
      const next = columnOf[i]!;
      columnOf[i] = j;
      if (i === start) break;
      j = next;
    }
  }
}
