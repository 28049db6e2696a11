import type { Activation } from './activation.ts';
import { exp, expTables } from './exp.ts';
import { logOnePlus, logTable } from './log-one-plus.ts';

/** log(1 + e^v), without overflow, within 3 ulp for v ≥ -708; its slope is the sigmoid. */
export const softplus: Activation = {
  name: 'softplus',
  slopeFromValue: false,
  valuesInto(v, from, count, out, outFrom) {
    const tables = expTables();
    const logs = logTable();
    for (let i = 0; i < count; i++) {
      const x = v[from + i]!;
      const size = Math.abs(x);
      out[outFrom + i] = (x + size) * 0.5 + logOnePlus(exp(-size, 0, tables), logs);
    }
  },
  slopesInto(source, from, count, out, outFrom) {
    const tables = expTables();
    for (let i = 0; i < count; i++) {
      const x = source[from + i]!;
      const e = exp(-Math.abs(x), 0, tables);
      out[outFrom + i] = (x < 0 ? e : 1) / (1 + e);
    }
  },
  bothInto(v, from, count, values, slopes) {
    const tables = expTables();
    const logs = logTable();
    for (let i = from; i < from + count; i++) {
      const x = v[i]!;
      const size = Math.abs(x);
      const e = exp(-size, 0, tables);
      slopes[i] = (x < 0 ? e : 1) / (1 + e);
      values[i] = (x + size) * 0.5 + logOnePlus(e, logs);
    }
  },
};
