import { madd } from './madd';

/**
 * out[k] = scale · (outer · Σ_j left_j z_jk), k < d, for two neurons: blocks of four columns, then two, then one. The sum is
 * that over even j plus that over odd j, which stand in the two lanes. The first block of four or two is
 * weighSlopes' work.
 *
 * @param left - the first neuron's weighted slopes, zero beyond the samples; the second's are `plane` bytes further
 * @param columns - the inputs in the same blocks, two samples together: `[⌈m/2⌉][4][2]` each, then `[⌈m/2⌉][2][2]`, then
 * `[⌈m/2⌉][2]`
 * @param outer0 - the outer weight, in both lanes
 * @param width - bytes from the first neuron's row of `out` to the second's
 */
export function columnsOfTwo(
  left: usize,
  plane: usize,
  columns: usize,
  samples: i32,
  d: i32,
  outer0: v128,
  outer1: v128,
  scale: f64,
  out: usize,
  width: usize,
): void {
  const bytes = <usize>((samples + 1) & ~1) << 3;
  const s = f64x2.splat(scale);
  if (d > 3) {
    columns += bytes << 2;
    out += 32;
  }
  for (let k = 4; k + 3 < d; k += 4) {
    fourOfTwo(left, left + plane, left + bytes, columns, outer0, outer1, s, out, out + width);
    columns += bytes << 2;
    out += 32;
  }
  if (d & 3) {
    lastColumns(left, bytes, columns, d, outer0, s, out);
    lastColumns(left + plane, bytes, columns, d, outer1, s, out + width);
  }
}

/** The same for one neuron. */
export function columnsOfOne(
  left: usize,
  columns: usize,
  samples: i32,
  d: i32,
  outer: v128,
  scale: f64,
  out: usize,
): void {
  const bytes = <usize>((samples + 1) & ~1) << 3;
  const s = f64x2.splat(scale);
  if (d > 3) {
    columns += bytes << 2;
    out += 32;
  }
  for (let k = 4; k + 3 < d; k += 4) {
    fourOfOne(left, left + bytes, columns, outer, s, out);
    columns += bytes << 2;
    out += 32;
  }
  if (d & 3) lastColumns(left, bytes, columns, d, outer, s, out);
}

function lastColumns(left: usize, bytes: usize, columns: usize, d: i32, outer: v128, s: v128, out: usize): void {
  if (d & 2) {
    if (d > 3) two(left, left + bytes, columns, outer, s, out);
    columns += bytes << 1;
    out += 16;
  }
  if (d & 1) one(left, left + bytes, columns, outer, s, out);
}

/** scale · (outer · (sum of the lanes)) for two columns. */
@inline
export function finishColumns(p: v128, q: v128, outer: v128, scale: v128): v128 {
  const sums = f64x2.add(v128.shuffle<f64>(p, q, 0, 2), v128.shuffle<f64>(p, q, 1, 3));
  return f64x2.mul(scale, f64x2.mul(sums, outer));
}

function fourOfTwo(
  left0: usize,
  left1: usize,
  end: usize,
  z: usize,
  outer0: v128,
  outer1: v128,
  scale: v128,
  out0: usize,
  out1: usize,
): void {
  let p0 = f64x2.splat(0);
  let p1 = p0;
  let p2 = p0;
  let p3 = p0;
  let q0 = p0;
  let q1 = p0;
  let q2 = p0;
  let q3 = p0;
  while (left0 < end) {
    const a0 = v128.load(left0);
    const a1 = v128.load(left1);
    const z0 = v128.load(z);
    p0 = madd(a0, z0, p0);
    q0 = madd(a1, z0, q0);
    const z1 = v128.load(z, 16);
    p1 = madd(a0, z1, p1);
    q1 = madd(a1, z1, q1);
    const z2 = v128.load(z, 32);
    p2 = madd(a0, z2, p2);
    q2 = madd(a1, z2, q2);
    const z3 = v128.load(z, 48);
    p3 = madd(a0, z3, p3);
    q3 = madd(a1, z3, q3);
    left0 += 16;
    left1 += 16;
    z += 64;
  }
  v128.store(out0, finishColumns(p0, p1, outer0, scale));
  v128.store(out0, finishColumns(p2, p3, outer0, scale), 16);
  v128.store(out1, finishColumns(q0, q1, outer1, scale));
  v128.store(out1, finishColumns(q2, q3, outer1, scale), 16);
}

function fourOfOne(left: usize, end: usize, z: usize, outer: v128, scale: v128, out: usize): void {
  let p0 = f64x2.splat(0);
  let p1 = p0;
  let p2 = p0;
  let p3 = p0;
  while (left < end) {
    const a = v128.load(left);
    p0 = madd(a, v128.load(z), p0);
    p1 = madd(a, v128.load(z, 16), p1);
    p2 = madd(a, v128.load(z, 32), p2);
    p3 = madd(a, v128.load(z, 48), p3);
    left += 16;
    z += 64;
  }
  v128.store(out, finishColumns(p0, p1, outer, scale));
  v128.store(out, finishColumns(p2, p3, outer, scale), 16);
}

function two(left: usize, end: usize, z: usize, outer: v128, scale: v128, out: usize): void {
  let p = f64x2.splat(0);
  let q = p;
  while (left < end) {
    const a = v128.load(left);
    p = madd(a, v128.load(z), p);
    q = madd(a, v128.load(z, 16), q);
    left += 16;
    z += 32;
  }
  v128.store(out, finishColumns(p, q, outer, scale));
}

function one(left: usize, end: usize, z: usize, outer: v128, scale: v128, out: usize): void {
  let p = f64x2.splat(0);
  while (left < end) {
    p = madd(v128.load(left), v128.load(z), p);
    left += 16;
    z += 16;
  }
  v128.store64_lane(out, finishColumns(p, p, outer, scale), 0);
}
