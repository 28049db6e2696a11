import { erf as errorFunction } from '../../base/special-functions.ts';
import type { Activation } from './activation.ts';

const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/** The error function 2/√π ∫₀^v e^(-u²) du. */
export const erf: Activation = {
  name: 'erf',
  slopeFromValue: false,
  valuesInto(v, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) out[outFrom + i] = errorFunction(v[from + i]!);
  },
  slopesInto(source, from, count, out, outFrom) {
    for (let i = 0; i < count; i++)
      out[outFrom + i] = TWO_OVER_SQRT_PI * Math.exp(-source[from + i]! * source[from + i]!);
  },
};
