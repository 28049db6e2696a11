import type { Activation } from './activation.ts';

/** log(1 + e^v), without overflow; its slope 1 - e^(-σ) is the sigmoid. */
export const softplus: Activation = {
  name: 'softplus',
  slopeFromValue: true,
  valuesInto(v, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) {
      const x = v[from + i]!;
      out[outFrom + i] = (x + Math.abs(x)) * 0.5 + Math.log1p(Math.exp(-Math.abs(x)));
    }
  },
  slopesInto(source, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) out[outFrom + i] = -Math.expm1(-source[from + i]!);
  },
};
