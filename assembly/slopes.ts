import { IDENTITY, RELU, SIGMOID, TANH } from './activation';

/**
 * weighted_j = r_j σ′_j, padded with zeros like r to an even number, and of the gradient, times `scale`, the parts that need no
 * inputs: out_0 = Σ_j r_j σ_j and, with a bias, out_(d+1) = outer · Σ_j weighted_j.
 */
export function weighSlopes(
  kind: i32,
  record: usize,
  plane: usize,
  samples: i32,
  residual: usize,
  weighted: usize,
  scale: f64,
  bias: bool,
  out: usize,
  d: i32,
): void {
  if (kind == TANH) weigh(TANH, record, plane, samples, residual, weighted, scale, bias, out, d);
  else if (kind == RELU) weigh(RELU, record, plane, samples, residual, weighted, scale, bias, out, d);
  else if (kind == SIGMOID) weigh(SIGMOID, record, plane, samples, residual, weighted, scale, bias, out, d);
  else if (kind == IDENTITY) weigh(IDENTITY, record, plane, samples, residual, weighted, scale, bias, out, d);
  else weigh(-1, record, plane, samples, residual, weighted, scale, bias, out, d);
}

/** Loaded before the loop: a literal would be built anew in each round. */
const ONE = memory.data<f64>([1]);

/** The loop for one kind, which the compiler knows. */
@inline
function weigh(
  kind: i32,
  record: usize,
  plane: usize,
  samples: i32,
  residual: usize,
  weighted: usize,
  scale: f64,
  bias: bool,
  out: usize,
  d: i32,
): void {
  const one = v128.load_splat<f64>(ONE);
  let outer = f64x2.splat(0);
  let slopes = outer;
  let values = record + 16;
  const end = weighted + (<usize>((samples + 1) & ~1) << 3);
  while (weighted < end) {
    const r = v128.load(residual);
    const s = v128.load(values);
    outer = f64x2.add(outer, f64x2.mul(r, s));
    const t = weightedSlope(kind, one, r, s, values + plane);
    v128.store(weighted, t);
    slopes = f64x2.add(slopes, t);
    values += 16;
    residual += 16;
    weighted += 16;
  }
  store<f64>(out, scale * (f64x2.extract_lane(outer, 0) + f64x2.extract_lane(outer, 1)));
  if (bias) {
    const sum = f64x2.extract_lane(slopes, 0) + f64x2.extract_lane(slopes, 1);
    store<f64>(out + (<usize>(d + 1) << 3), scale * (sum * load<f64>(record)));
  }
}

@inline
function weightedSlope(kind: i32, one: v128, r: v128, s: v128, kept: usize): v128 {
  if (kind == TANH) return f64x2.mul(f64x2.sub(one, f64x2.mul(s, s)), r);
  if (kind == RELU) return f64x2.mul(v128.and(f64x2.gt(s, f64x2.splat(0)), one), r);
  if (kind == SIGMOID) return f64x2.mul(f64x2.mul(s, f64x2.sub(one, s)), r);
  if (kind == IDENTITY) return r;
  return f64x2.mul(v128.load(kept), r);
}
