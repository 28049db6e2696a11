/** Where the tables lie. The caller writes them (src/kernels/simd/tables.ts) before an activation that reads them runs. */

/** tanh and 1 - tanh² at k/128, k = -2560 … 2560: `[5121][2]`. */
export const TANH: usize = 0x10000;
/** Taylor coefficients of erf around k/32, k = -192 … 192: `[385][8]`. */
export const ERF: usize = 0x30000;
/** Taylor coefficients of e^(a²/2) Φ(-a) around k/32, k = 0 … 1216: `[1217][8]`. */
export const MILLS: usize = 0x38000;
/** The bits of 2^(j/64) less j·2^46, j = 0 … 63. */
export const EXP: usize = 0x58000;
/** log(1 + k/64), k = 0 … 64. */
export const LOG: usize = 0x58400;
/** Free from here on. */
export const HEAP: usize = 0x60000;
