/**
 * out[k][lane] = Σ_j left[j][lane] z_kj for k < d: blocks of four columns, then two, then one.
 *
 * @param left - `[samples][4]`
 * @param columns - the inputs in the same blocks: `[samples][4]` each, then `[samples][2]`, then `[samples][1]`
 */
export function weightedColumns(left: usize, columns: usize, samples: i32, d: i32, out: usize): void {
  const end = left + (<usize>samples << 5);
  let k = 0;
  for (; k + 3 < d; k += 4) {
    columns = four(left, end, columns, out);
    out += 128;
  }
  if (d & 2) {
    columns = two(left, end, columns, out);
    out += 64;
  }
  if (d & 1) one(left, end, columns, out);
}

function four(left: usize, end: usize, z: usize, out: usize): usize {
  let p0 = f64x2.splat(0);
  let q0 = p0;
  let p1 = p0;
  let q1 = p0;
  let p2 = p0;
  let q2 = p0;
  let p3 = p0;
  let q3 = p0;
  while (left < end) {
    const a0 = v128.load(left);
    const a1 = v128.load(left, 16);
    const z0 = v128.load_splat<f64>(z);
    p0 = f64x2.add(p0, f64x2.mul(a0, z0));
    q0 = f64x2.add(q0, f64x2.mul(a1, z0));
    const z1 = v128.load_splat<f64>(z, 8);
    p1 = f64x2.add(p1, f64x2.mul(a0, z1));
    q1 = f64x2.add(q1, f64x2.mul(a1, z1));
    const z2 = v128.load_splat<f64>(z, 16);
    p2 = f64x2.add(p2, f64x2.mul(a0, z2));
    q2 = f64x2.add(q2, f64x2.mul(a1, z2));
    const z3 = v128.load_splat<f64>(z, 24);
    p3 = f64x2.add(p3, f64x2.mul(a0, z3));
    q3 = f64x2.add(q3, f64x2.mul(a1, z3));
    left += 32;
    z += 32;
  }
  v128.store(out, p0);
  v128.store(out, q0, 16);
  v128.store(out, p1, 32);
  v128.store(out, q1, 48);
  v128.store(out, p2, 64);
  v128.store(out, q2, 80);
  v128.store(out, p3, 96);
  v128.store(out, q3, 112);
  return z;
}

function two(left: usize, end: usize, z: usize, out: usize): usize {
  let p0 = f64x2.splat(0);
  let q0 = p0;
  let p1 = p0;
  let q1 = p0;
  while (left < end) {
    const a0 = v128.load(left);
    const a1 = v128.load(left, 16);
    const z0 = v128.load_splat<f64>(z);
    p0 = f64x2.add(p0, f64x2.mul(a0, z0));
    q0 = f64x2.add(q0, f64x2.mul(a1, z0));
    const z1 = v128.load_splat<f64>(z, 8);
    p1 = f64x2.add(p1, f64x2.mul(a0, z1));
    q1 = f64x2.add(q1, f64x2.mul(a1, z1));
    left += 32;
    z += 16;
  }
  v128.store(out, p0);
  v128.store(out, q0, 16);
  v128.store(out, p1, 32);
  v128.store(out, q1, 48);
  return z;
}

function one(left: usize, end: usize, z: usize, out: usize): void {
  let p0 = f64x2.splat(0);
  let q0 = p0;
  while (left < end) {
    const z0 = v128.load_splat<f64>(z);
    p0 = f64x2.add(p0, f64x2.mul(v128.load(left), z0));
    q0 = f64x2.add(q0, f64x2.mul(v128.load(left, 16), z0));
    left += 32;
    z += 8;
  }
  v128.store(out, p0);
  v128.store(out, q0, 16);
}
