import type { Activation } from './activation.ts';
import { tanhTable } from './tanh-table.ts';

/**
 * The hyperbolic tangent: with the nearest node c = k/128 and p = x - c, tanh x = T + p(1 - T²)/(p coth p + Tp), T = tanh c
 * and 1 - T² from a table, p coth p = 1 + w(1/3 - w/45 + …), w = p² (the last two coefficients make up for the next one).
 *
 * At most 2 ulp; only + - × ÷ are used, so the bits are the same on every engine (Math.tanh's are not), and it takes
 * less than half of Math.tanh's time. Its numbers stand in the loop as literals: bundlers turn a module's constants into
 * variables, which the engine does not fold.
 */
export const tanh: Activation = {
  name: 'tanh',
  slopeFromValue: true,
  valuesInto(v, from, count, out, outFrom) {
    const table = tanhTable();
    for (let i = 0; i < count; i++) {
      let x = v[from + i]!;
      if (x > 20) x = 20;
      else if (x < -20) x = -20;
      // Adding 1.5 · 2^45 rounds to multiples of 1/128.
      const c = x + 52776558133268 - 52776558133268;
      const p = x - c;
      const w = p * p;
      const k = ((c + 20) * 256) | 0;
      const node = table[k]!;
      out[outFrom + i] =
        node + (p * table[k + 1]!) / (1 + node * p + w * (0.33333333333305615 + w * -0.022222173781622025));
    }
  },
  slopesInto(source, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) out[outFrom + i] = 1 - source[from + i]! * source[from + i]!;
  },
};
