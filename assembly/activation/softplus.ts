import { LOG } from '../layout';
import { clampExponent, exp } from './exp';

/** Rounding to 1/64, and 1/3, 1/5, 1/7 of the series of the inverse hyperbolic tangent. */
const NUMBERS = memory.data<f64>([105553116266496, 0.3333333333333333, 0.2, 0.14285714285714285]);

/** max(v, 0) + log(1 + e), e = e^(-|v|), and its slope (1 or e)/(1 + e). */
export function softplusPlane(plane: usize, bytes: usize): void {
  const one = f64x2.splat(1);
  const none = f64x2.splat(0);
  const half = f64x2.splat(0.5);
  for (const end = plane + bytes; plane < end; plane += 16) {
    const v = v128.load(plane);
    const size = f64x2.abs(v);
    const e = exp(clampExponent(f64x2.neg(size)), none);
    const above = v128.bitselect(e, one, f64x2.lt(v, none));
    v128.store(plane + bytes, f64x2.div(above, f64x2.add(one, e)));
    v128.store(plane, f64x2.add(f64x2.mul(f64x2.add(v, size), half), logOnePlus(e)));
  }
}

/** log(1 + e) for 0 ≤ e ≤ 1: with the nearest c = k/64 it is log(1 + c) + 2 artanh s, s = (e - c)/(2 + c + e). */
@inline
function logOnePlus(e: v128): v128 {
  const magic = v128.load_splat<f64>(NUMBERS);
  const r = f64x2.add(e, magic);
  const c = f64x2.sub(r, magic);
  const s = f64x2.div(f64x2.sub(e, c), f64x2.add(f64x2.splat(2), f64x2.add(c, e)));
  const w = f64x2.mul(s, s);
  const third = v128.load_splat<f64>(NUMBERS, 8);
  const fifth = v128.load_splat<f64>(NUMBERS, 16);
  const seventh = v128.load_splat<f64>(NUMBERS, 24);
  const series = f64x2.mul(w, f64x2.add(third, f64x2.mul(w, f64x2.add(fifth, f64x2.mul(w, seventh)))));
  const double = f64x2.add(s, s);
  const a = LOG + (<usize>(i32x4.extract_lane(r, 0) & 127) << 3);
  const b = LOG + (<usize>(i32x4.extract_lane(r, 2) & 127) << 3);
  const node = v128.load_lane<i64>(b, v128.load_zero<i64>(a), 1);
  return f64x2.add(node, f64x2.add(double, f64x2.mul(double, series)));
}
