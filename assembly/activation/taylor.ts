/**
 * Σ_n c_n p^n, n = 0 … 7, by Horner's rule, with the coefficients of lane 0 from the row at `a` and of lane 1 from that
 * at `b`.
 */
@inline
export function taylor(a: usize, b: usize, p: v128): v128 {
  const a3 = v128.load(a, 48);
  const b3 = v128.load(b, 48);
  let sum = f64x2.add(v128.shuffle<f64>(a3, b3, 0, 2), f64x2.mul(p, v128.shuffle<f64>(a3, b3, 1, 3)));
  const a2 = v128.load(a, 32);
  const b2 = v128.load(b, 32);
  sum = f64x2.add(v128.shuffle<f64>(a2, b2, 1, 3), f64x2.mul(p, sum));
  sum = f64x2.add(v128.shuffle<f64>(a2, b2, 0, 2), f64x2.mul(p, sum));
  const a1 = v128.load(a, 16);
  const b1 = v128.load(b, 16);
  sum = f64x2.add(v128.shuffle<f64>(a1, b1, 1, 3), f64x2.mul(p, sum));
  sum = f64x2.add(v128.shuffle<f64>(a1, b1, 0, 2), f64x2.mul(p, sum));
  const a0 = v128.load(a);
  const b0 = v128.load(b);
  sum = f64x2.add(v128.shuffle<f64>(a0, b0, 1, 3), f64x2.mul(p, sum));
  return f64x2.add(v128.shuffle<f64>(a0, b0, 0, 2), f64x2.mul(p, sum));
}
