import type { Activation } from './activation.ts';

/** v itself: a two-layer linear network. */
export const identity: Activation = {
  name: 'identity',
  slopeFromValue: true,
  valuesInto(v, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) out[outFrom + i] = v[from + i]!;
  },
  slopesInto(_source, _from, count, out, outFrom) {
    out.fill(1, outFrom, outFrom + count);
  },
};
