import type { Activation } from './activation.ts';
import { exp, expTables } from './exp.ts';

/** 1/(1 + e^(-v)), within 3 ulp for v ≥ -708; constant below. */
export const sigmoid: Activation = {
  name: 'sigmoid',
  slopeFromValue: true,
  valuesInto(v, from, count, out, outFrom) {
    const tables = expTables();
    for (let i = 0; i < count; i++) out[outFrom + i] = 1 / (1 + exp(-v[from + i]!, 0, tables));
  },
  slopesInto(source, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) out[outFrom + i] = source[from + i]! * (1 - source[from + i]!);
  },
};
