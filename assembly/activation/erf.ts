import { ERF } from '../layout';
import { gaussian } from './exp';
import { taylor } from './taylor';

/** Clamps 6 and 26.6, rounding to 1/32 with bias 6 (index 0 at -6), 2/√π. */
const NUMBERS = memory.data<f64>([6, -6, 211106232532998, 26.6, 1.1283791670955126]);

/** erf by its Taylor polynomial around the nearest k/32; its slope 2/√π e^(-v²). */
export function erfPlane(plane: usize, bytes: usize): void {
  const high = v128.load_splat<f64>(NUMBERS);
  const low = v128.load_splat<f64>(NUMBERS, 8);
  const magic = v128.load_splat<f64>(NUMBERS, 16);
  const one = f64x2.splat(1);
  for (const end = plane + bytes; plane < end; plane += 16) {
    const v = v128.load(plane);
    const size = f64x2.pmin(f64x2.abs(v), v128.load_splat<f64>(NUMBERS, 24));
    v128.store(plane + bytes, f64x2.mul(v128.load_splat<f64>(NUMBERS, 32), gaussian(size, one)));
    const x = f64x2.pmax(f64x2.pmin(v, high), low);
    const r = f64x2.add(x, magic);
    const p = f64x2.sub(x, f64x2.sub(r, magic));
    const a = ERF + (<usize>(i32x4.extract_lane(r, 0) & 511) << 6);
    const b = ERF + (<usize>(i32x4.extract_lane(r, 2) & 511) << 6);
    v128.store(plane, taylor(a, b, p));
  }
}
