/*
 * Products that are added or subtracted, in the hot loops: with two roundings in the module `simd`, the same bits on every
 * processor, and with one in `simd-fma`, which is built with relaxed SIMD, where the processor fuses them.
 */

/** a · b + c. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_madd(a, b, c) : f64x2.add(c, f64x2.mul(a, b));
}

/** c - a · b. */
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_nmadd(a, b, c) : f64x2.sub(c, f64x2.mul(a, b));
}

/** 1 + 2⁻³⁰. Loaded, so that no compiler does the sum. */
const NUMBER = memory.data<f64>([1.0000000009313226]);

/** Whether `madd` rounds once: the square's last part, 2⁻⁶⁰, is lost otherwise. */
export function fuses(): bool {
  const a = v128.load_splat<f64>(NUMBER);
  const rounded = f64x2.mul(a, a);
  return f64x2.extract_lane(nmadd(a, a, rounded), 0) != 0;
}
