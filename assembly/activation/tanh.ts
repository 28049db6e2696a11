import { TANH } from '../layout';
import { madd } from '../madd';

/** Clamp 20, rounding to 1/128 with bias 20 (index 0 at -20), 1, and the polynomial p coth p = 1 + w(… + w …), w = p² ≤ 2⁻¹⁶. */
const NUMBERS = memory.data<f64>([20, -20, 52776558133268, 1, 0.33333333333305615, -0.022222173781622025]);

/** The last bits of a rounded argument: its number in the table. */
const MASK = memory.data<u64>([8191]);

/**
 * tanh (c + p) = T + p(1 - T²)/(p coth p + Tp), T = tanh c and 1 - T² from the table. First the table's rows go to
 * `scratch` and p to the plane, then the rest: in one loop each round would wait too long for
 * its index for the processor to find enough other work. Numbers are loaded: as literals the engine would build them anew in
 * each round.
 *
 * @param scratch - room for `bytes`
 */
export function tanhPlane(plane: usize, bytes: usize, scratch: usize): void {
  const high = v128.load_splat<f64>(NUMBERS);
  const low = v128.load_splat<f64>(NUMBERS, 8);
  const magic = v128.load_splat<f64>(NUMBERS, 16);
  const mask = v128.load_splat<i64>(MASK);
  const end = plane + bytes;
  let index = scratch;
  for (let at = plane; at < end; at += 32) {
    const x0 = f64x2.pmax(f64x2.pmin(v128.load(at), high), low);
    const r0 = f64x2.add(x0, magic);
    v128.store(index, rowOf(r0, mask));
    const x1 = f64x2.pmax(f64x2.pmin(v128.load(at, 16), high), low);
    const r1 = f64x2.add(x1, magic);
    v128.store(index, rowOf(r1, mask), 16);
    v128.store(at, f64x2.sub(x0, f64x2.sub(r0, magic)));
    v128.store(at, f64x2.sub(x1, f64x2.sub(r1, magic)), 16);
    index += 32;
  }
  const one = v128.load_splat<f64>(NUMBERS, 24);
  const third = v128.load_splat<f64>(NUMBERS, 32);
  const next = v128.load_splat<f64>(NUMBERS, 40);
  for (; plane < end; plane += 32) {
    const t0 = fromNode(v128.load(plane), scratch, one, third, next);
    const t1 = fromNode(v128.load(plane, 16), scratch + 16, one, third, next);
    v128.store(plane, t0);
    v128.store(plane, t1, 16);
    scratch += 32;
  }
}

@inline
function fromNode(p: v128, index: usize, one: v128, third: v128, next: v128): v128 {
  const w = f64x2.mul(p, p);
  const a = v128.load(load<u32>(index), TANH);
  const b = v128.load(load<u32>(index, 8), TANH);
  const t = v128.shuffle<f64>(a, b, 0, 2);
  const slope = v128.shuffle<f64>(a, b, 1, 3);
  const odd = madd(t, p, one);
  const divisor = madd(w, madd(w, next, third), odd);
  return f64x2.add(t, f64x2.div(f64x2.mul(p, slope), divisor));
}

/** The table's rows for rounded arguments, in bytes; the mask keeps a NaN's bits inside. */
@inline
function rowOf(rounded: v128, mask: v128): v128 {
  return i64x2.shl(v128.and(rounded, mask), 4);
}
