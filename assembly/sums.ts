/**
 * The residual of the squared loss: r_j = ν_j (scale · sums_j - y_j) into `out`. Returns Σ_j r_j, which is not finite if an r_j is
 * not.
 *
 * @param fit - y and then ν, each padded with zeros to an even number, as `sums` and `out` are
 */
export function squaredResidual(sums: usize, samples: i32, scale: f64, fit: usize, out: usize): f64 {
  const bytes = <usize>((samples + 1) & ~1) << 3;
  const factor = f64x2.splat(scale);
  let total = f64x2.splat(0);
  for (const end = sums + bytes; sums < end; sums += 16) {
    const error = f64x2.sub(f64x2.mul(v128.load(sums), factor), v128.load(fit));
    const r = f64x2.mul(v128.load(fit + bytes), error);
    v128.store(out, r);
    total = f64x2.add(total, r);
    fit += 16;
    out += 16;
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

/** out_j = sums_j. */
export function hold(sums: usize, samples: i32, out: usize): void {
  for (const end = sums + ((<usize>samples + 1) & ~1) * 8; sums < end; sums += 16) {
    v128.store(out, v128.load(sums));
    out += 16;
  }
}

/** held_j = sums_j - held_j. */
export function subtractHeld(sums: usize, samples: i32, held: usize): void {
  for (const end = sums + ((<usize>samples + 1) & ~1) * 8; sums < end; sums += 16) {
    v128.store(held, f64x2.sub(v128.load(sums), v128.load(held)));
    held += 16;
  }
}
