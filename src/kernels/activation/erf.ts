import type { Activation } from './activation.ts';
import { erfTable } from './erf-table.ts';
import { expTables, gaussian } from './exp.ts';
import { taylor } from './taylor.ts';

/** The error function 2/√π ∫₀^v e^(-u²) du, by its Taylor polynomial around the nearest k/32; within 3 ulp. */
export const erf: Activation = {
  name: 'erf',
  slopeFromValue: false,
  valuesInto(v, from, count, out, outFrom) {
    const rows = erfTable();
    for (let i = 0; i < count; i++) {
      let x = v[from + i]!;
      if (x > 6) x = 6;
      else if (x < -6) x = -6;
      // Adding 1.5 · 2^47 rounds to multiples of 1/32.
      const c = x + 211106232532998 - 211106232532998;
      out[outFrom + i] = taylor(rows, ((c + 6) * 256) | 0, x - c);
    }
  },
  slopesInto(source, from, count, out, outFrom) {
    const tables = expTables();
    for (let i = 0; i < count; i++) {
      let size = Math.abs(source[from + i]!);
      if (size > 26.6) size = 26.6;
      out[outFrom + i] = 1.1283791670955126 * gaussian(size, 1, tables);
    }
  },
};
