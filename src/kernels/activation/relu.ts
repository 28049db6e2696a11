import type { Activation } from './activation.ts';

/** max(v, 0); its slope at 0 is 0. Written without branches, which would be unpredictable. */
export const relu: Activation = {
  name: 'relu',
  slopeFromValue: true,
  valuesInto(v, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) out[outFrom + i] = (v[from + i]! + Math.abs(v[from + i]!)) * 0.5;
  },
  slopesInto(source, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) out[outFrom + i] = +(source[from + i]! > 0);
  },
};
