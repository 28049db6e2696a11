import type { CostMatrix } from './point-costs.ts';

/** Problems up to this size start from nothing. */
const SMALL = 48;
const STRIDE = 4;

/**
 * Column duals to start an exact solver from: those of the problem with every fourth row and column, solved by the same
 * solver, and continued to all columns by v_j = min_i (c_ij − u_i). They are nearly right where neighbours have similar
 * costs, which saves most of the solver's work, and they can be anything: exactness never rests on them.
 *
 * @param solveCoarse - returns the row duals of the thinned problem; `rows` and `columns` are the indices kept
 * @returns v `[m]`, or undefined for a problem too small to thin
 */
export function coarseColumnDuals(
  costs: CostMatrix,
  solveCoarse: (coarse: CostMatrix, rows: Int32Array, columns: Int32Array) => Float64Array,
): Float64Array | undefined {
  if (Math.min(costs.rows, costs.columns) <= SMALL) return undefined;
  const rows = everyFourth(costs.rows);
  const columns = everyFourth(costs.columns);
  const u = solveCoarse(selectCosts(costs, rows, columns), rows, columns);
  const v = new Float64Array(costs.columns).fill(Number.POSITIVE_INFINITY);
  const buffer = new Float64Array(costs.columns);
  rows.forEach((i, s) => {
    const row = costs.row(i, buffer);
    const dual = u[s]!;
    for (let j = 0; j < v.length; j++) {
      const bound = row[j]! - dual;
      if (bound < v[j]!) v[j] = bound;
    }
  });
  return v;
}

/** Some rows and columns of a cost matrix, without a copy. */
export function selectCosts(costs: CostMatrix, rows: Int32Array, columns: Int32Array): CostMatrix {
  const full = new Float64Array(costs.columns);
  return {
    rows: rows.length,
    columns: columns.length,
    row: (i, buffer) => {
      const row = costs.row(rows[i]!, full);
      for (let s = 0; s < columns.length; s++) buffer[s] = row[columns[s]!]!;
      return buffer;
    },
  };
}

function everyFourth(count: number): Int32Array {
  return Int32Array.from({ length: Math.floor(count / STRIDE) }, (_, s) => s * STRIDE);
}
