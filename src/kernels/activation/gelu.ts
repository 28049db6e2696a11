import type { Activation } from './activation.ts';
import { expTables, gaussian } from './exp.ts';
import { millsTable } from './mills-table.ts';
import { taylor } from './taylor.ts';

/**
 * v Φ(v) with the exact normal distribution function Φ (not the tanh approximation): Φ(-a) = e^(-a²/2) g(a) for a ≥ 0 with
 * the smooth g by its Taylor polynomial around the nearest k/32, so that the left tail keeps its relative accuracy: within
 * 4 ulp for v ≥ -37.5, below which all is less than 1e-304.
 */
export const gelu: Activation = {
  name: 'gelu',
  slopeFromValue: false,
  valuesInto(v, from, count, out, outFrom) {
    const rows = millsTable();
    const tables = expTables();
    for (let i = 0; i < count; i++) {
      const x = v[from + i]!;
      let size = Math.abs(x);
      if (size > 37.6) size = 37.6;
      const c = size + 211106232532992 - 211106232532992;
      const tail = gaussian(size, 0.5, tables) * taylor(rows, (c * 256) | 0, size - c);
      out[outFrom + i] = x * (x < 0 ? tail : 1 - tail);
    }
  },
  slopesInto(source, from, count, out, outFrom) {
    const rows = millsTable();
    const tables = expTables();
    for (let i = 0; i < count; i++) {
      const x = source[from + i]!;
      let size = Math.abs(x);
      if (size > 37.6) size = 37.6;
      const c = size + 211106232532992 - 211106232532992;
      const e = gaussian(size, 0.5, tables);
      const tail = e * taylor(rows, (c * 256) | 0, size - c);
      out[outFrom + i] = (x < 0 ? tail : 1 - tail) + x * (0.3989422804014327 * e);
    }
  },
  bothInto(v, from, count, values, slopes) {
    const rows = millsTable();
    const tables = expTables();
    for (let i = from; i < from + count; i++) {
      const x = v[i]!;
      let size = Math.abs(x);
      if (size > 37.6) size = 37.6;
      const c = size + 211106232532992 - 211106232532992;
      const e = gaussian(size, 0.5, tables);
      const tail = e * taylor(rows, (c * 256) | 0, size - c);
      const below = x < 0 ? tail : 1 - tail;
      slopes[i] = below + x * (0.3989422804014327 * e);
      values[i] = x * below;
    }
  },
};
