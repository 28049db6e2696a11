import { IDENTITY, RELU, SIGMOID, TANH } from './activation';
import { finishColumns } from './columns';
import { madd, nmadd } from './madd';

/**
 * weighted_j = r_j σ′_j, padded with zeros like r to an even number, and of the gradient, times `scale`, the parts that are had on the
 * way: out_0 = Σ_j r_j σ_j; with a bias, out_(d+1) = outer · Σ_j weighted_j; and, if d ≥ 2, the first block of four or
 * two columns, see columnsOfOne.
 */
export function weighSlopes(
  kind: i32,
  record: usize,
  plane: usize,
  samples: i32,
  residual: usize,
  columns: usize,
  weighted: usize,
  scale: f64,
  p: i32,
  d: i32,
  out: usize,
): void {
  if (kind == TANH) weigh(TANH, record, plane, samples, residual, columns, weighted, scale, p, d, out);
  else if (kind == RELU) weigh(RELU, record, plane, samples, residual, columns, weighted, scale, p, d, out);
  else if (kind == SIGMOID) weigh(SIGMOID, record, plane, samples, residual, columns, weighted, scale, p, d, out);
  else if (kind == IDENTITY) weigh(IDENTITY, record, plane, samples, residual, columns, weighted, scale, p, d, out);
  else weigh(-1, record, plane, samples, residual, columns, weighted, scale, p, d, out);
}

/** Loaded before the loop: a literal would be built anew in each round. */
const ONE = memory.data<f64>([1]);

/** The loops for one kind, which the compiler knows. */
@inline
function weigh(
  kind: i32,
  record: usize,
  plane: usize,
  samples: i32,
  residual: usize,
  z: usize,
  weighted: usize,
  scale: f64,
  p: i32,
  d: i32,
  out: usize,
): void {
  const one = v128.load_splat<f64>(ONE);
  let outer = f64x2.splat(0);
  let slopes = outer;
  let values = record + 16;
  const end = weighted + (<usize>((samples + 1) & ~1) << 3);
  if (d < 2) {
    while (weighted < end) {
      const r = v128.load(residual);
      const s = v128.load(values);
      outer = madd(r, s, outer);
      const t = weightedSlope(kind, one, r, s, values + plane);
      v128.store(weighted, t);
      slopes = f64x2.add(slopes, t);
      values += 16;
      residual += 16;
      weighted += 16;
    }
  } else if (d < 4) {
    let p0 = outer;
    let p1 = outer;
    while (weighted < end) {
      const r = v128.load(residual);
      const s = v128.load(values);
      outer = madd(r, s, outer);
      const t = weightedSlope(kind, one, r, s, values + plane);
      v128.store(weighted, t);
      slopes = f64x2.add(slopes, t);
      p0 = madd(t, v128.load(z), p0);
      p1 = madd(t, v128.load(z, 16), p1);
      values += 16;
      residual += 16;
      weighted += 16;
      z += 32;
    }
    v128.store(out, finishColumns(p0, p1, v128.load(record), f64x2.splat(scale)), 8);
  } else {
    let p0 = outer;
    let p1 = outer;
    let p2 = outer;
    let p3 = outer;
    while (weighted < end) {
      const r = v128.load(residual);
      const s = v128.load(values);
      outer = madd(r, s, outer);
      const t = weightedSlope(kind, one, r, s, values + plane);
      v128.store(weighted, t);
      slopes = f64x2.add(slopes, t);
      p0 = madd(t, v128.load(z), p0);
      p1 = madd(t, v128.load(z, 16), p1);
      p2 = madd(t, v128.load(z, 32), p2);
      p3 = madd(t, v128.load(z, 48), p3);
      values += 16;
      residual += 16;
      weighted += 16;
      z += 64;
    }
    const a = v128.load(record);
    const s = f64x2.splat(scale);
    v128.store(out, finishColumns(p0, p1, a, s), 8);
    v128.store(out, finishColumns(p2, p3, a, s), 24);
  }
  store<f64>(out, scale * (f64x2.extract_lane(outer, 0) + f64x2.extract_lane(outer, 1)));
  if (p - 1 > d) {
    const sum = f64x2.extract_lane(slopes, 0) + f64x2.extract_lane(slopes, 1);
    store<f64>(out + (<usize>(d + 1) << 3), scale * (sum * load<f64>(record)));
  }
}

@inline
function weightedSlope(kind: i32, one: v128, r: v128, s: v128, kept: usize): v128 {
  if (kind == TANH) return f64x2.mul(nmadd(s, s, one), r);
  if (kind == RELU) return f64x2.mul(v128.and(f64x2.gt(s, f64x2.splat(0)), one), r);
  if (kind == SIGMOID) return f64x2.mul(f64x2.mul(s, f64x2.sub(one, s)), r);
  if (kind == IDENTITY) return r;
  return f64x2.mul(v128.load(kept), r);
}
