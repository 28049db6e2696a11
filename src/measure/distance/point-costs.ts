import type { EmpiricalMeasure } from '../empirical.ts';

/** A cost matrix `[rows, columns]` that is read row by row, and need not be stored. */
export interface CostMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Row i: either the matrix's own memory (do not write) or `buffer` `[columns]`, filled. */
  row(i: number, buffer: Float64Array): Float64Array;
}

/** A stored matrix, row-major. */
export function storedCosts(data: Float64Array, rows: number, columns: number): CostMatrix {
  return { rows, columns, row: (i) => data.subarray(i * columns, (i + 1) * columns) };
}

/** Largest matrix worth storing: 2²³ numbers, 64 MiB. Beyond, costs are computed again whenever they are read. */
const STORED_LIMIT = 1 << 23;

/** |x_i − y_j|^order for two clouds, Euclidean norm. Stored up to 2²³ entries, else O(p) an entry at each reading. */
export function pointCosts(a: EmpiricalMeasure, b: EmpiricalMeasure, order: number): CostMatrix {
  const costs = streamedCosts(a, b, order);
  if (a.count * b.count > STORED_LIMIT) return costs;
  const data = new Float64Array(a.count * b.count);
  for (let i = 0; i < a.count; i++) costs.row(i, data.subarray(i * b.count, (i + 1) * b.count));
  return storedCosts(data, a.count, b.count);
}

/** The same, never stored: for what reads each row once. A shorter buffer gets the head of the row. */
export function streamedCosts(a: EmpiricalMeasure, b: EmpiricalMeasure, order: number): CostMatrix {
  const fill = rowFiller(a, b, order);
  return {
    rows: a.count,
    columns: b.count,
    row: (i, buffer) => {
      fill(i, buffer);
      return buffer;
    },
  };
}

const NOTHING = new Float64Array(0);

function rowFiller(a: EmpiricalMeasure, b: EmpiricalMeasure, order: number): (i: number, out: Float64Array) => void {
  const p = a.dimension;
  const x = a.particles;
  // One contiguous vector a coordinate: rows are then filled by plain vector loops.
  const columns = Array.from({ length: p }, (_, k) => b.particles.filter((_, s) => s % p === k));
  return (i, out) => {
    const n = out.length;
    const x0 = x[i * p]!;
    const y0 = columns[0]!;
    const x1 = p > 1 ? x[i * p + 1]! : 0;
    const y1 = columns[1] ?? NOTHING;
    if (p === 1) for (let j = 0; j < n; j++) out[j] = (y0[j]! - x0) * (y0[j]! - x0);
    else
      for (let j = 0; j < n; j++) {
        const d0 = y0[j]! - x0;
        const d1 = y1[j]! - x1;
        out[j] = d0 * d0 + d1 * d1;
      }
    for (let k = 2; k < p; k++) {
      const centre = x[i * p + k]!;
      const y = columns[k]!;
      for (let j = 0; j < n; j++) {
        const d = y[j]! - centre;
        out[j]! += d * d;
      }
    }
    if (order === 2) return;
    if (order === 1) for (let j = 0; j < n; j++) out[j] = Math.sqrt(out[j]!);
    else for (let j = 0; j < n; j++) out[j] = out[j]! ** (order / 2);
  };
}
