import { clampExponent, exp } from './exp';

/** 1/(1 + e^(-v)). */
export function sigmoidPlane(plane: usize, bytes: usize): void {
  const one = f64x2.splat(1);
  const none = f64x2.splat(0);
  for (const end = plane + bytes; plane < end; plane += 16) {
    const e = exp(clampExponent(f64x2.neg(v128.load(plane))), none);
    v128.store(plane, f64x2.div(one, f64x2.add(one, e)));
  }
}
