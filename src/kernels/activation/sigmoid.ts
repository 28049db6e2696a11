import type { Activation } from './activation.ts';

/** 1/(1 + e^(-v)). */
export const sigmoid: Activation = {
  name: 'sigmoid',
  slopeFromValue: true,
  valuesInto(v, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) out[outFrom + i] = 1 / (1 + Math.exp(-v[from + i]!));
  },
  slopesInto(source, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) out[outFrom + i] = source[from + i]! * (1 - source[from + i]!);
  },
};
