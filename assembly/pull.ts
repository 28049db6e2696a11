import { keepsSlopes } from './activation';
import { columnsOfOne, columnsOfTwo } from './columns';
import { planeSize, recordSize } from './records';
import { weighSlopes } from './slopes';

/*
 * Dφ(x)ᵀ r = (Σ_j r_j σ_j, a Σ_j r_j σ′_j z_j, a Σ_j r_j σ′_j) for the neurons of one chunk, times `scale`, into `out`
 * `[count][p]`. Every sum over samples is that over even j plus that over odd j. Shared arguments: `columns` are the inputs
 * as columnsOfTwo takes them; residuals are padded with zeros to an even number; `scratch` has room for four planes.
 */

/** One residual r for all neurons. */
export function pull(
  kind: i32,
  records: usize,
  p: i32,
  count: i32,
  d: i32,
  samples: i32,
  columns: usize,
  residual: usize,
  scale: f64,
  scratch: usize,
  out: usize,
): void {
  const size = recordSize(kind, samples);
  const width = <usize>p << 3;
  let i = 0;
  for (; i + 1 < count; i += 2) {
    pullTwo(kind, records, size, p, d, samples, columns, residual, residual, scale, scratch, out);
    records += size << 1;
    out += width << 1;
  }
  if (i < count) pullOne(kind, records, p, d, samples, columns, residual, scale, scratch, out);
}

/** A residual of its own for each neuron: `residual` is `[count][samples, padded to even]`. */
export function pullEach(
  kind: i32,
  records: usize,
  p: i32,
  count: i32,
  d: i32,
  samples: i32,
  columns: usize,
  residual: usize,
  scale: f64,
  scratch: usize,
  out: usize,
): void {
  const size = recordSize(kind, samples);
  const width = <usize>p << 3;
  const next = <usize>((samples + 1) & ~1) << 3;
  let i = 0;
  for (; i + 1 < count; i += 2) {
    pullTwo(kind, records, size, p, d, samples, columns, residual, residual + next, scale, scratch, out);
    records += size << 1;
    residual += next << 1;
    out += width << 1;
  }
  if (i < count) pullOne(kind, records, p, d, samples, columns, residual, scale, scratch, out);
}

/** The residual r_j + κ_j φ_j(x): `residual` is r and then κ, both padded to even. */
export function pullPenalized(
  kind: i32,
  records: usize,
  p: i32,
  count: i32,
  d: i32,
  samples: i32,
  columns: usize,
  residual: usize,
  scale: f64,
  scratch: usize,
  out: usize,
): void {
  const size = recordSize(kind, samples);
  const width = <usize>p << 3;
  const plane = planeSize(samples);
  const own0 = scratch + (plane << 1);
  const own1 = own0 + plane;
  let i = 0;
  for (; i + 1 < count; i += 2) {
    penalize(records, samples, residual, own0);
    penalize(records + size, samples, residual, own1);
    pullTwo(kind, records, size, p, d, samples, columns, own0, own1, scale, scratch, out);
    records += size << 1;
    out += width << 1;
  }
  if (i < count) {
    penalize(records, samples, residual, own0);
    pullOne(kind, records, p, d, samples, columns, own0, scale, scratch, out);
  }
}

function penalize(record: usize, samples: i32, residual: usize, out: usize): void {
  const a = v128.load(record);
  const bytes = <usize>((samples + 1) & ~1) << 3;
  let s = record + 16;
  for (const end = out + bytes; out < end; out += 16) {
    const penalty = f64x2.mul(f64x2.mul(v128.load(residual + bytes), a), v128.load(s));
    v128.store(out, f64x2.add(v128.load(residual), penalty));
    residual += 16;
    s += 16;
  }
}

function pullTwo(
  kind: i32,
  record: usize,
  size: usize,
  p: i32,
  d: i32,
  samples: i32,
  columns: usize,
  residual0: usize,
  residual1: usize,
  scale: f64,
  scratch: usize,
  out: usize,
): void {
  const second = record + size;
  const width = <usize>p << 3;
  const plane = planeSize(samples);
  weighSlopes(kind, record, plane, samples, residual0, columns, scratch, scale, p, d, out);
  weighSlopes(kind, second, plane, samples, residual1, columns, scratch + plane, scale, p, d, out + width);
  columnsOfTwo(scratch, plane, columns, samples, d, v128.load(record), v128.load(second), scale, out + 8, width);
}

function pullOne(
  kind: i32,
  record: usize,
  p: i32,
  d: i32,
  samples: i32,
  columns: usize,
  residual: usize,
  scale: f64,
  scratch: usize,
  out: usize,
): void {
  weighSlopes(kind, record, planeSize(samples), samples, residual, columns, scratch, scale, p, d, out);
  columnsOfOne(scratch, columns, samples, d, v128.load(record), scale, out + 8);
}
