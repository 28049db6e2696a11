import { activate, keepsSlopes } from './activation';
import { packTile } from './rows';

/**
 * Responds to `count` neurons (one chunk): rows → tiles, and, if `sums` is not 0, sums[j] += Σ weight · outer · σ.
 *
 * @param kind - number of the activation
 * @param rows - `[count][p]`, x = (a, b_1 … b_d, bias?)
 * @param inputs - `[⌈m/4⌉][d][4]`, zero for samples beyond m
 * @param scratch - room for `[d + 1][4]`
 * @param weights - `[count]`, zero up to the next multiple of four
 * @param partial - room for `[samples][2]`
 */
export function forward(
  kind: i32,
  rows: usize,
  p: i32,
  count: i32,
  d: i32,
  samples: i32,
  inputs: usize,
  tiles: usize,
  scratch: usize,
  weights: usize,
  partial: usize,
  sums: usize,
): void {
  const blocks = (samples + 3) >> 2;
  const plane = <usize>blocks << 7;
  const size = 32 + (keepsSlopes(kind) ? plane << 1 : plane);
  if (sums != 0) memory.fill(partial, 0, <usize>samples << 4);
  for (let first = 0; first < count; first += 4) {
    packTile(rows, p, first, count, d, tiles, scratch);
    preActivations(scratch, inputs, blocks, d, tiles + 32);
    activate(kind, tiles + 32, plane);
    if (sums != 0) accumulate(tiles, weights + (<usize>first << 3), samples, partial);
    tiles += size;
  }
  if (sums != 0) addLanes(partial, samples, sums);
}

/** Two vectors of neurons by four samples in registers. Not unrolled further: the engine then spills. */
function preActivations(packed: usize, inputs: usize, blocks: i32, d: i32, out: usize): void {
  const offset = packed + (<usize>d << 5);
  for (let block = 0; block < blocks; block++) {
    let p0 = v128.load(offset);
    let q0 = v128.load(offset, 16);
    let p1 = p0;
    let q1 = q0;
    let p2 = p0;
    let q2 = q0;
    let p3 = p0;
    let q3 = q0;
    let w = packed;
    while (w < offset) {
      const b0 = v128.load(w);
      const b1 = v128.load(w, 16);
      const z0 = v128.load_splat<f64>(inputs);
      p0 = f64x2.add(p0, f64x2.mul(b0, z0));
      q0 = f64x2.add(q0, f64x2.mul(b1, z0));
      const z1 = v128.load_splat<f64>(inputs, 8);
      p1 = f64x2.add(p1, f64x2.mul(b0, z1));
      q1 = f64x2.add(q1, f64x2.mul(b1, z1));
      const z2 = v128.load_splat<f64>(inputs, 16);
      p2 = f64x2.add(p2, f64x2.mul(b0, z2));
      q2 = f64x2.add(q2, f64x2.mul(b1, z2));
      const z3 = v128.load_splat<f64>(inputs, 24);
      p3 = f64x2.add(p3, f64x2.mul(b0, z3));
      q3 = f64x2.add(q3, f64x2.mul(b1, z3));
      w += 32;
      inputs += 32;
    }
    v128.store(out, p0);
    v128.store(out, q0, 16);
    v128.store(out, p1, 32);
    v128.store(out, q1, 48);
    v128.store(out, p2, 64);
    v128.store(out, q2, 80);
    v128.store(out, p3, 96);
    v128.store(out, q3, 112);
    out += 128;
  }
}

/** partial[j] += (outer · weight · σ) of lanes 0 and 1, plus that of lanes 2 and 3. */
function accumulate(tile: usize, weights: usize, samples: i32, partial: usize): void {
  const w0 = f64x2.mul(v128.load(tile), v128.load(weights));
  const w1 = f64x2.mul(v128.load(tile, 16), v128.load(weights, 16));
  const end = partial + (<usize>samples << 4);
  while (partial < end) {
    const own = f64x2.add(f64x2.mul(w0, v128.load(tile, 32)), f64x2.mul(w1, v128.load(tile, 48)));
    v128.store(partial, f64x2.add(v128.load(partial), own));
    partial += 16;
    tile += 32;
  }
}

function addLanes(partial: usize, samples: i32, sums: usize): void {
  for (let j = 0; j < samples; j++) {
    store<f64>(sums, load<f64>(sums) + (load<f64>(partial) + load<f64>(partial, 8)));
    sums += 8;
    partial += 16;
  }
}

/** out[i][j] = outer_i σ_ij for one chunk, `[count][samples]`. */
export function features(kind: i32, count: i32, samples: i32, tiles: usize, out: usize): void {
  const plane = <usize>((samples + 3) >> 2) << 7;
  const size = 32 + (keepsSlopes(kind) ? plane << 1 : plane);
  const row = <usize>samples << 3;
  for (let first = 0; first < count; first += 4) {
    const lanes = min(4, count - first);
    for (let l = 0; l < lanes; l++) {
      const outer = load<f64>(tiles + (<usize>l << 3));
      let from = tiles + 32 + (<usize>l << 3);
      const end = out + row;
      while (out < end) {
        store<f64>(out, outer * load<f64>(from));
        out += 8;
        from += 32;
      }
    }
    tiles += size;
  }
}
