/** (v + |v|)/2, as the plain kernel has it. */
export function reluPlane(plane: usize, bytes: usize): void {
  const half = f64x2.splat(0.5);
  for (const end = plane + bytes; plane < end; plane += 64) {
    const a = v128.load(plane);
    const b = v128.load(plane, 16);
    const c = v128.load(plane, 32);
    const d = v128.load(plane, 48);
    v128.store(plane, f64x2.mul(f64x2.add(a, f64x2.abs(a)), half));
    v128.store(plane, f64x2.mul(f64x2.add(b, f64x2.abs(b)), half), 16);
    v128.store(plane, f64x2.mul(f64x2.add(c, f64x2.abs(c)), half), 32);
    v128.store(plane, f64x2.mul(f64x2.add(d, f64x2.abs(d)), half), 48);
  }
}
