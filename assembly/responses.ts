import { madd } from './madd';

/**
 * Pre-activations v_j = bias + Σ_k b_k z_jk of two neurons, two by eight samples in registers. Not unrolled further: the engine
 * then spills.
 *
 * @param row - (a, b_1 … b_d, bias?); the second neuron's row is `width` bytes further
 * @param inputs - by blocks of eight samples, `[d][8]` each, and `[d][4]` for a last block of four
 * @param plane - bytes of the planes written at `out0` and `out1`
 */
export function preActivationsOfTwo(
  row: usize,
  width: usize,
  bias: bool,
  d: i32,
  inputs: usize,
  plane: usize,
  out0: usize,
  out1: usize,
): void {
  const first = row + 8;
  const last = first + (<usize>d << 3);
  const zero = f64x2.splat(0);
  const offset0 = bias ? v128.load_splat<f64>(last) : zero;
  const offset1 = bias ? v128.load_splat<f64>(last + width) : zero;
  const end = out0 + plane;
  while (out0 + 32 < end) {
    let p0 = offset0;
    let p1 = offset0;
    let p2 = offset0;
    let p3 = offset0;
    let q0 = offset1;
    let q1 = offset1;
    let q2 = offset1;
    let q3 = offset1;
    for (let w = first; w < last; w += 8) {
      const b0 = v128.load_splat<f64>(w);
      const b1 = v128.load_splat<f64>(w + width);
      const z0 = v128.load(inputs);
      p0 = madd(b0, z0, p0);
      q0 = madd(b1, z0, q0);
      const z1 = v128.load(inputs, 16);
      p1 = madd(b0, z1, p1);
      q1 = madd(b1, z1, q1);
      const z2 = v128.load(inputs, 32);
      p2 = madd(b0, z2, p2);
      q2 = madd(b1, z2, q2);
      const z3 = v128.load(inputs, 48);
      p3 = madd(b0, z3, p3);
      q3 = madd(b1, z3, q3);
      inputs += 64;
    }
    v128.store(out0, p0);
    v128.store(out0, p1, 16);
    v128.store(out0, p2, 32);
    v128.store(out0, p3, 48);
    v128.store(out1, q0);
    v128.store(out1, q1, 16);
    v128.store(out1, q2, 32);
    v128.store(out1, q3, 48);
    out0 += 64;
    out1 += 64;
  }
  if (out0 < end) {
    lastFour(first, last, offset0, inputs, out0);
    lastFour(first + width, last + width, offset1, inputs, out1);
  }
}

/** The same for one neuron. */
export function preActivationsOfOne(row: usize, bias: bool, d: i32, inputs: usize, plane: usize, out: usize): void {
  const first = row + 8;
  const last = first + (<usize>d << 3);
  const zero = f64x2.splat(0);
  const offset = bias ? v128.load_splat<f64>(last) : zero;
  const end = out + plane;
  while (out + 32 < end) {
    let p0 = offset;
    let p1 = offset;
    let p2 = offset;
    let p3 = offset;
    for (let w = first; w < last; w += 8) {
      const b = v128.load_splat<f64>(w);
      p0 = madd(b, v128.load(inputs), p0);
      p1 = madd(b, v128.load(inputs, 16), p1);
      p2 = madd(b, v128.load(inputs, 32), p2);
      p3 = madd(b, v128.load(inputs, 48), p3);
      inputs += 64;
    }
    v128.store(out, p0);
    v128.store(out, p1, 16);
    v128.store(out, p2, 32);
    v128.store(out, p3, 48);
    out += 64;
  }
  if (out < end) lastFour(first, last, offset, inputs, out);
}

function lastFour(first: usize, last: usize, offset: v128, inputs: usize, out: usize): void {
  let p0 = offset;
  let p1 = offset;
  for (let w = first; w < last; w += 8) {
    const b = v128.load_splat<f64>(w);
    p0 = madd(b, v128.load(inputs), p0);
    p1 = madd(b, v128.load(inputs, 16), p1);
    inputs += 32;
  }
  v128.store(out, p0);
  v128.store(out, p1, 16);
}
