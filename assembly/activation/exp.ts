import { EXP } from '../layout';

/** 64/log 2, rounding to integers, log 2/64 in two parts, 1/2, 1/6, 1/24, 1/120, and the end of the range. */
const NUMBERS = memory.data<f64>([
  92.33248261689366, 6755399441055744, 0.010830424695086549, 1.162596423439437e-12, 0.5, 0.16666666666666666,
  0.041666666666666664, 0.008333333333333333, -708, 708,
]);

/** x kept within ±708, where e^x is a normal number; NaN stays. */
@inline
export function clampExponent(x: v128): v128 {
  return f64x2.pmax(f64x2.pmin(x, v128.load_splat<f64>(NUMBERS, 72)), v128.load_splat<f64>(NUMBERS, 64));
}

/**
 * e^(x + rest) for |x| ≤ 708 and a tiny rest: with k the integer nearest x·64/log 2 and j = k mod 64, this is
 * 2^((k - j)/64) · T_j · e^p, T_j = 2^(j/64) from the table, |p| ≤ log 2/128. The bits of T_j are stored less j·2^46, so
 * that adding k·2^46 completes the exponent.
 */
@inline
export function exp(x: v128, rest: v128): v128 {
  const magic = v128.load_splat<f64>(NUMBERS, 8);
  const r = f64x2.add(f64x2.mul(x, v128.load_splat<f64>(NUMBERS)), magic);
  const k = f64x2.sub(r, magic);
  const p = f64x2.sub(
    f64x2.sub(
      f64x2.sub(x, f64x2.mul(k, v128.load_splat<f64>(NUMBERS, 16))),
      f64x2.mul(k, v128.load_splat<f64>(NUMBERS, 24)),
    ),
    rest,
  );
  const a = EXP + (<usize>(i32x4.extract_lane(r, 0) & 63) << 3);
  const b = EXP + (<usize>(i32x4.extract_lane(r, 2) & 63) << 3);
  const node = v128.load_lane<i64>(b, v128.load_zero<i64>(a), 1);
  const scaled = i64x2.add(node, i64x2.shl(r, 46));
  const tail = f64x2.add(
    v128.load_splat<f64>(NUMBERS, 40),
    f64x2.mul(p, f64x2.add(v128.load_splat<f64>(NUMBERS, 48), f64x2.mul(p, v128.load_splat<f64>(NUMBERS, 56)))),
  );
  const square = f64x2.mul(p, p);
  const growth = f64x2.add(p, f64x2.mul(square, f64x2.add(v128.load_splat<f64>(NUMBERS, 32), f64x2.mul(p, tail))));
  return f64x2.add(scaled, f64x2.mul(scaled, growth));
}

/** 2^27 + 1, for halving a significand. */
const SPLIT = memory.data<f64>([134217729]);

/** e^(-scale · a²) for scale 1 or ½ and 0 ≤ a, scale · a² ≤ 708; a² is split into an exact part and a small rest. */
@inline
export function gaussian(a: v128, scale: v128): v128 {
  const t = f64x2.mul(a, v128.load_splat<f64>(SPLIT));
  const head = f64x2.sub(t, f64x2.sub(t, a));
  const square = f64x2.mul(scale, f64x2.mul(head, head));
  const rest = f64x2.mul(scale, f64x2.mul(f64x2.sub(a, head), f64x2.add(a, head)));
  return exp(f64x2.neg(square), rest);
}
