import { erfPlane } from './erf';
import { geluPlane } from './gelu';
import { reluPlane } from './relu';
import { sigmoidPlane } from './sigmoid';
import { softplusPlane } from './softplus';
import { tanhPlane } from './tanh';

// The numbers of the activations; src/kernels/simd/activations.ts has the same list.
const TANH = 0;
const RELU = 1;
const SIGMOID = 2;
const IDENTITY = 3;
const SOFTPLUS = 4;
const ERF = 5;

/** True if σ′ is not a function of σ, so that a plane of slopes follows the plane of values. */
export function keepsSlopes(kind: i32): bool {
  return kind >= SOFTPLUS;
}

/** Turns a plane of pre-activations into σ, in place, and writes σ′ behind it where it is kept. */
export function activate(kind: i32, plane: usize, bytes: usize): void {
  if (kind == TANH) tanhPlane(plane, bytes);
  else if (kind == RELU) reluPlane(plane, bytes);
  else if (kind == SIGMOID) sigmoidPlane(plane, bytes);
  else if (kind == IDENTITY) return;
  else if (kind == SOFTPLUS) softplusPlane(plane, bytes);
  else if (kind == ERF) erfPlane(plane, bytes);
  else geluPlane(plane, bytes);
}

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
  const end = weighted + (<usize>samples << 5);
  const one = f64x2.splat(1);
  const none = f64x2.splat(0);
  let outer0 = none;
  let outer1 = none;
  let bias0 = none;
  let bias1 = none;
  if (kind == TANH) {
    while (weighted < end) {
      const r0 = v128.load(residuals);
      const r1 = v128.load(residuals, 16);
      const s0 = v128.load(values);
      const s1 = v128.load(values, 16);
      outer0 = f64x2.add(outer0, f64x2.mul(r0, s0));
      outer1 = f64x2.add(outer1, f64x2.mul(r1, s1));
      const t0 = f64x2.mul(f64x2.sub(one, f64x2.mul(s0, s0)), r0);
      const t1 = f64x2.mul(f64x2.sub(one, f64x2.mul(s1, s1)), r1);
      v128.store(weighted, t0);
      v128.store(weighted, t1, 16);
      bias0 = f64x2.add(bias0, t0);
      bias1 = f64x2.add(bias1, t1);
      values += 32;
      residuals += 32;
      weighted += 32;
    }
  } else {
    while (weighted < end) {
      const r0 = v128.load(residuals);
      const r1 = v128.load(residuals, 16);
      const s0 = v128.load(values);
      const s1 = v128.load(values, 16);
      outer0 = f64x2.add(outer0, f64x2.mul(r0, s0));
      outer1 = f64x2.add(outer1, f64x2.mul(r1, s1));
      let d0 = one;
      let d1 = one;
      if (kind == RELU) {
        d0 = v128.and(f64x2.gt(s0, none), one);
        d1 = v128.and(f64x2.gt(s1, none), one);
      } else if (kind == SIGMOID) {
        d0 = f64x2.mul(s0, f64x2.sub(one, s0));
        d1 = f64x2.mul(s1, f64x2.sub(one, s1));
      } else if (kind >= SOFTPLUS) {
        d0 = v128.load(values + plane);
        d1 = v128.load(values + plane, 16);
      }
      const t0 = f64x2.mul(d0, r0);
      const t1 = f64x2.mul(d1, r1);
      v128.store(weighted, t0);
      v128.store(weighted, t1, 16);
      bias0 = f64x2.add(bias0, t0);
      bias1 = f64x2.add(bias1, t1);
      values += 32;
      residuals += 32;
      weighted += 32;
    }
  }
  v128.store(outer, outer0);
  v128.store(outer, outer1, 16);
  v128.store(bias, bias0);
  v128.store(bias, bias1, 16);
}
