import { activate, keepsSlopes } from './activation';
import { madd } from './madd';
import { planeSize, recordSize } from './records';
import { preActivationsOfOne, preActivationsOfTwo } from './responses';

/**
 * Responds to `count` neurons (one chunk): rows → records, and, if `sums` is not 0, sums[j] += Σ weight · outer · σ, or, with
 * `fresh`, sums[j] = that.
 *
 * @param kind - number of the activation
 * @param rows - `[count][p]`, x = (a, b_1 … b_d, bias?)
 * @param inputs - see preActivationsOfTwo
 * @param weights - `[count]`, or 0 for weights of 1
 * @param partial - a plane of scratch
 */
export function forward(
  kind: i32,
  rows: usize,
  p: i32,
  count: i32,
  d: i32,
  samples: i32,
  inputs: usize,
  records: usize,
  weights: usize,
  partial: usize,
  sums: usize,
  fresh: bool,
): void {
  const plane = planeSize(samples);
  const size = recordSize(kind, samples);
  const width = <usize>p << 3;
  const bias = p - 1 > d;
  const end = records + <usize>count * size;
  let record = records;
  for (; record + size < end; record += size << 1) {
    const second = record + size;
    preActivationsOfTwo(rows, width, bias, d, inputs, plane, record + 16, second + 16);
    respond(kind, record, rows, plane, samples, partial);
    respond(kind, second, rows + width, plane, samples, partial);
    rows += width << 1;
  }
  if (record < end) {
    preActivationsOfOne(rows, bias, d, inputs, plane, record + 16);
    respond(kind, record, rows, plane, samples, partial);
  }
  if (sums != 0) sumChunk(records, end, size, weights, plane, partial, sums, fresh);
}

/** Turns pre-activations into a finished record. */
function respond(kind: i32, record: usize, row: usize, plane: usize, samples: i32, scratch: usize): void {
  v128.store(record, v128.load_splat<f64>(row));
  const values = record + 16;
  activate(kind, values, plane, scratch);
  if (samples & 3) {
    const end = values + plane;
    for (let at = values + (<usize>samples << 3); at < end; at += 8) {
      store<f64>(at, 0);
      if (keepsSlopes(kind)) store<f64>(at + plane, 0);
    }
  }
}

/** sums += the chunk's own sum, in which neurons are added in pairs; sums = 0 + it if `fresh`. */
function sumChunk(
  records: usize,
  end: usize,
  size: usize,
  weights: usize,
  plane: usize,
  partial: usize,
  sums: usize,
  fresh: bool,
): void {
  const zero = f64x2.splat(0);
  const stop = partial + plane;
  for (let at = partial; at < stop; at += 32) {
    v128.store(at, zero);
    v128.store(at, zero, 16);
  }
  for (; records + size < end; records += size << 1) {
    let w0 = v128.load(records);
    let w1 = v128.load(records + size);
    if (weights != 0) {
      w0 = f64x2.mul(w0, v128.load_splat<f64>(weights));
      w1 = f64x2.mul(w1, v128.load_splat<f64>(weights, 8));
      weights += 16;
    }
    let s0 = records + 16;
    let s1 = s0 + size;
    for (let at = partial; at < stop; at += 32) {
      const own = madd(w1, v128.load(s1), f64x2.mul(w0, v128.load(s0)));
      const next = madd(w1, v128.load(s1, 16), f64x2.mul(w0, v128.load(s0, 16)));
      v128.store(at, f64x2.add(v128.load(at), own));
      v128.store(at, f64x2.add(v128.load(at, 16), next), 16);
      s0 += 32;
      s1 += 32;
    }
  }
  if (records < end) {
    let w = v128.load(records);
    if (weights != 0) w = f64x2.mul(w, v128.load_splat<f64>(weights));
    let s = records + 16;
    for (let at = partial; at < stop; at += 16) {
      v128.store(at, madd(w, v128.load(s), v128.load(at)));
      s += 16;
    }
  }
  for (; partial < stop; partial += 16) {
    v128.store(sums, f64x2.add(fresh ? zero : v128.load(sums), v128.load(partial)));
    sums += 16;
  }
}

/** out[i][j] = outer_i σ_ij for one chunk, `[count][samples]`. */
export function features(kind: i32, count: i32, samples: i32, records: usize, out: usize): void {
  const size = recordSize(kind, samples);
  const row = <usize>samples << 3;
  for (let i = 0; i < count; i++) {
    const outer = v128.load(records);
    const end = out + row;
    let from = records + 16;
    for (; out + 8 < end; out += 16) {
      v128.store(out, f64x2.mul(outer, v128.load(from)));
      from += 16;
    }
    if (out < end) {
      v128.store64_lane(out, f64x2.mul(outer, v128.load(from)), 0);
      out += 8;
    }
    records += size;
  }
}
