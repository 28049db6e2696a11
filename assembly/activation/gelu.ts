import { MILLS } from '../layout';
import { gaussian } from './exp';
import { taylor } from './taylor';

/** End of the range 37.6, rounding to 1/32, 1/2, 1/√(2π). */
const NUMBERS = memory.data<f64>([37.6, 211106232532992, 0.5, 0.3989422804014327]);

/**
 * v Φ(v) and its slope Φ(v) + v φ(v), Φ(-a) = e^(-a²/2) g(a) for a ≥ 0 with the smooth g by its Taylor polynomial
 * around the nearest k/32: so the left tail keeps its relative accuracy.
 */
export function geluPlane(plane: usize, bytes: usize): void {
  const limit = v128.load_splat<f64>(NUMBERS);
  const magic = v128.load_splat<f64>(NUMBERS, 8);
  const half = v128.load_splat<f64>(NUMBERS, 16);
  const density = v128.load_splat<f64>(NUMBERS, 24);
  const one = f64x2.splat(1);
  const none = f64x2.splat(0);
  for (const end = plane + bytes; plane < end; plane += 16) {
    const v = v128.load(plane);
    const x = f64x2.pmin(f64x2.abs(v), limit);
    const r = f64x2.add(x, magic);
    const p = f64x2.sub(x, f64x2.sub(r, magic));
    const a = MILLS + (<usize>(i32x4.extract_lane(r, 0) & 2047) << 6);
    const b = MILLS + (<usize>(i32x4.extract_lane(r, 2) & 2047) << 6);
    const e = gaussian(x, half);
    const tail = f64x2.mul(e, taylor(a, b, p));
    const below = v128.bitselect(tail, f64x2.sub(one, tail), f64x2.lt(v, none));
    v128.store(plane, f64x2.mul(v, below));
    v128.store(plane + bytes, f64x2.add(below, f64x2.mul(v, f64x2.mul(density, e))));
  }
}
