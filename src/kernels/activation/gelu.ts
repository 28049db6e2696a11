import { normalCdf } from '../../base/special-functions.ts';
import type { Activation } from './activation.ts';

const INVERSE_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

/** v·Φ(v) with the exact normal distribution function Φ (not the tanh approximation). */
export const gelu: Activation = {
  name: 'gelu',
  slopeFromValue: false,
  valuesInto(v, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) out[outFrom + i] = v[from + i]! * normalCdf(v[from + i]!);
  },
  slopesInto(source, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) {
      const x = source[from + i]!;
      out[outFrom + i] = normalCdf(x) + x * INVERSE_SQRT_2PI * Math.exp(-0.5 * x * x);
    }
  },
};
