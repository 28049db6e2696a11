import { TANH } from '../layout';

/** Clamp 20, rounding to 1/128 with bias 20 (index 0 at -20), 1, and the odd polynomial of tanh on |p| ≤ 1/256. */
const NUMBERS = memory.data<f64>([20, -20, 52776558133268, 1, -0.33333333332626525, 0.13333209809802826]);

/**
 * tanh (c + p) = T + t(1 - T²)/(1 + Tt), T = tanh c and 1 - T² from the table, t = tanh p; two vectors at a time. The
 * rounded argument's last bits are the index: they pass through memory, which is cheaper than through the vector unit.
 * Numbers are loaded: as literals the engine would build them anew in each round.
 */
export function tanhPlane(plane: usize, bytes: usize): void {
  const high = v128.load_splat<f64>(NUMBERS);
  const low = v128.load_splat<f64>(NUMBERS, 8);
  const magic = v128.load_splat<f64>(NUMBERS, 16);
  const one = v128.load_splat<f64>(NUMBERS, 24);
  const third = v128.load_splat<f64>(NUMBERS, 32);
  const fifth = v128.load_splat<f64>(NUMBERS, 40);
  for (const end = plane + bytes; plane < end; plane += 32) {
    const x0 = f64x2.pmax(f64x2.pmin(v128.load(plane), high), low);
    const r0 = f64x2.add(x0, magic);
    v128.store(plane, r0);
    const x1 = f64x2.pmax(f64x2.pmin(v128.load(plane, 16), high), low);
    const r1 = f64x2.add(x1, magic);
    v128.store(plane, r1, 16);
    const p0 = f64x2.sub(x0, f64x2.sub(r0, magic));
    const w0 = f64x2.mul(p0, p0);
    const t0 = f64x2.mul(p0, f64x2.add(one, f64x2.mul(w0, f64x2.add(third, f64x2.mul(w0, fifth)))));
    const p1 = f64x2.sub(x1, f64x2.sub(r1, magic));
    const w1 = f64x2.mul(p1, p1);
    const t1 = f64x2.mul(p1, f64x2.add(one, f64x2.mul(w1, f64x2.add(third, f64x2.mul(w1, fifth)))));
    const a0 = v128.load(node(plane));
    const b0 = v128.load(node(plane + 8));
    const y0 = v128.shuffle<f64>(a0, b0, 0, 2);
    const d0 = v128.shuffle<f64>(a0, b0, 1, 3);
    const a1 = v128.load(node(plane + 16));
    const b1 = v128.load(node(plane + 24));
    const y1 = v128.shuffle<f64>(a1, b1, 0, 2);
    const d1 = v128.shuffle<f64>(a1, b1, 1, 3);
    v128.store(plane, f64x2.add(y0, f64x2.div(f64x2.mul(t0, d0), f64x2.add(one, f64x2.mul(y0, t0)))));
    v128.store(plane, f64x2.add(y1, f64x2.div(f64x2.mul(t1, d1), f64x2.add(one, f64x2.mul(y1, t1)))), 16);
  }
}

/** The table's row for the rounded argument at `at`; the mask keeps a NaN's bits inside. */
@inline
function node(at: usize): usize {
  return TANH + (<usize>(load<u16>(at) & 8191) << 4);
}
