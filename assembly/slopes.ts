import { IDENTITY, RELU, SIGMOID, TANH } from './activation';

/**
 * weighted = r ∘ σ′ (`[samples][4]`), outer = Σ_j r_j σ_j and bias = Σ_j r_j σ′_j by lane.
 *
 * @param values - the plane of σ, followed by that of σ′ where it is kept
 * @param residuals - r, `[samples][4]`
 */
export function weighSlopes(
  kind: i32,
  values: usize,
  plane: usize,
  samples: i32,
  residuals: usize,
  weighted: usize,
  outer: usize,
  bias: usize,
): void {
  if (kind == TANH) weigh(TANH, values, plane, samples, residuals, weighted, outer, bias);
  else if (kind == RELU) weigh(RELU, values, plane, samples, residuals, weighted, outer, bias);
  else if (kind == SIGMOID) weigh(SIGMOID, values, plane, samples, residuals, weighted, outer, bias);
  else if (kind == IDENTITY) weigh(IDENTITY, values, plane, samples, residuals, weighted, outer, bias);
  else weigh(-1, values, plane, samples, residuals, weighted, outer, bias);
}

/** Loaded before the loop: a literal would be built anew in each round. */
const ONE = memory.data<f64>([1]);

/** The loop for one kind, which the compiler knows. */
@inline
function weigh(
  kind: i32,
  values: usize,
  plane: usize,
  samples: i32,
  residuals: usize,
  weighted: usize,
  outer: usize,
  bias: usize,
): void {
  const one = v128.load_splat<f64>(ONE);
  let outer0 = f64x2.splat(0);
  let outer1 = outer0;
  let bias0 = outer0;
  let bias1 = outer0;
  const end = weighted + (<usize>samples << 5);
  while (weighted < end) {
    const r0 = v128.load(residuals);
    const r1 = v128.load(residuals, 16);
    const s0 = v128.load(values);
    const s1 = v128.load(values, 16);
    outer0 = f64x2.add(outer0, f64x2.mul(r0, s0));
    outer1 = f64x2.add(outer1, f64x2.mul(r1, s1));
    const t0 = weightedSlope(kind, one, r0, s0, values + plane);
    const t1 = weightedSlope(kind, one, r1, s1, values + plane + 16);
    v128.store(weighted, t0);
    v128.store(weighted, t1, 16);
    bias0 = f64x2.add(bias0, t0);
    bias1 = f64x2.add(bias1, t1);
    values += 32;
    residuals += 32;
    weighted += 32;
  }
  v128.store(outer, outer0);
  v128.store(outer, outer1, 16);
  v128.store(bias, bias0);
  v128.store(bias, bias1, 16);
}

@inline
function weightedSlope(kind: i32, one: v128, r: v128, s: v128, kept: usize): v128 {
  if (kind == TANH) return f64x2.mul(f64x2.sub(one, f64x2.mul(s, s)), r);
  if (kind == RELU) return f64x2.mul(v128.and(f64x2.gt(s, f64x2.splat(0)), one), r);
  if (kind == SIGMOID) return f64x2.mul(f64x2.mul(s, f64x2.sub(one, s)), r);
  if (kind == IDENTITY) return r;
  return f64x2.mul(v128.load(kept), r);
}
