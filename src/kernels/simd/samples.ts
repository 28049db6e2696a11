import type { RowMajor } from '../../base/arrays.ts';

/**
 * The chosen samples as the module reads them, zero beyond m. For the way forward, by blocks of eight samples, `[d][8]` each, and
 * `[d][4]` for a last block of at most four; for the way back, by blocks of four coordinates, `[⌈m/2⌉][4][2]` each, then two,
 * `[⌈m/2⌉][2][2]`, then one, `[⌈m/2⌉][2]`: the last index is a sample's place in its pair.
 */
export function packSamples(inputs: RowMajor, rows: Int32Array | null): Float64Array {
  const m = rows === null ? inputs.rows : rows.length;
  const d = inputs.columns;
  const forward = forwardLength(m, d);
  const even = (m + 1) & ~1;
  const out = new Float64Array(forward + even * d);
  const whole = (m + 3) & ~3 & ~7;
  for (let j = 0; j < m; j++) {
    const from = (rows === null ? j : rows[j]!) * d;
    const size = j < whole ? 8 : 4;
    const block = j - (j % size);
    for (let k = 0; k < d; k++) {
      const z = inputs.data[from + k]!;
      out[block * d + k * size + (j - block)] = z;
      const width = k < (d & ~3) ? 4 : k < (d & ~1) ? 2 : 1;
      const first = k - (k % width);
      out[forward + first * even + (j >> 1) * 2 * width + (k - first) * 2 + (j & 1)] = z;
    }
  }
  return out;
}

/** Numbers of the part for the way forward. */
export function forwardLength(samples: number, inner: number): number {
  return ((samples + 3) & ~3) * inner;
}
