import type { RowMajor } from '../../base/arrays.ts';

/**
 * The chosen samples as the module reads them: first by blocks of four samples, `[⌈m/4⌉][d][4]`, zero beyond m, for the way
 * forward; then by blocks of four coordinates, `[m][4]` each, then two, `[m][2]`, then one, for the way back.
 */
export function packSamples(inputs: RowMajor, rows: Int32Array | null): Float64Array {
  const m = rows === null ? inputs.rows : rows.length;
  const d = inputs.columns;
  const forward = Math.ceil(m / 4) * 4 * d;
  const out = new Float64Array(forward + m * d);
  for (let j = 0; j < m; j++) {
    const from = (rows === null ? j : rows[j]!) * d;
    for (let k = 0; k < d; k++) {
      const z = inputs.data[from + k]!;
      out[(j >> 2) * 4 * d + k * 4 + (j & 3)] = z;
      const width = k < (d & ~3) ? 4 : k < (d & ~1) ? 2 : 1;
      const first = k - (k % width);
      out[forward + first * m + j * width + (k - first)] = z;
    }
  }
  return out;
}
