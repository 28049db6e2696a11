import { keepsSlopes } from './activation';
import { weightedColumns } from './columns';
import { unpackTile } from './rows';
import { weighSlopes } from './slopes';

/*
 * Dφ(x)ᵀ r = (Σ_j r_j σ_j, a Σ_j r_j σ′_j z_j, a Σ_j r_j σ′_j) for the neurons of one chunk, times `scale`, into `out`
 * `[count][p]`. Shared arguments: `columns` are the inputs as weightedColumns takes them; `scratch` has room for three
 * planes: residuals, weighted slopes, gradient.
 */

/** One residual r `[samples]` for all neurons. */
export function pull(
  kind: i32,
  tiles: usize,
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
  const residuals = scratch;
  for (let j = 0; j < samples; j++) {
    const r = v128.load_splat<f64>(residual + (<usize>j << 3));
    v128.store(residuals + (<usize>j << 5), r);
    v128.store(residuals + (<usize>j << 5), r, 16);
  }
  const size = tileSize(kind, samples);
  for (let first = 0; first < count; first += 4) {
    pullTile(kind, tiles, p, min(4, count - first), d, samples, columns, scale, scratch, out);
    tiles += size;
    out += <usize>p << 5;
  }
}

/** A residual of its own for each neuron: `residual` is `[count][samples]`. */
export function pullEach(
  kind: i32,
  tiles: usize,
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
  const size = tileSize(kind, samples);
  for (let first = 0; first < count; first += 4) {
    const lanes = min(4, count - first);
    for (let l = 0; l < lanes; l++) {
      let to = scratch + (<usize>l << 3);
      for (let j = 0; j < samples; j++) {
        store<f64>(to, load<f64>(residual));
        residual += 8;
        to += 32;
      }
    }
    pullTile(kind, tiles, p, lanes, d, samples, columns, scale, scratch, out);
    tiles += size;
    out += <usize>p << 5;
  }
}

/** The residual r_j + κ_j φ_j(x): `residual` is r and then κ, both `[samples]`. */
export function pullPenalized(
  kind: i32,
  tiles: usize,
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
  const size = tileSize(kind, samples);
  const penalty = residual + (<usize>samples << 3);
  for (let first = 0; first < count; first += 4) {
    const a0 = v128.load(tiles);
    const a1 = v128.load(tiles, 16);
    for (let j = 0; j < samples; j++) {
      const at = <usize>j << 3;
      const plane = <usize>j << 5;
      const r = v128.load_splat<f64>(residual + at);
      const k = v128.load_splat<f64>(penalty + at);
      const s0 = v128.load(tiles + plane, 32);
      const s1 = v128.load(tiles + plane, 48);
      v128.store(scratch + plane, f64x2.add(r, f64x2.mul(f64x2.mul(k, a0), s0)));
      v128.store(scratch + plane, f64x2.add(r, f64x2.mul(f64x2.mul(k, a1), s1)), 16);
    }
    pullTile(kind, tiles, p, min(4, count - first), d, samples, columns, scale, scratch, out);
    tiles += size;
    out += <usize>p << 5;
  }
}

function tileSize(kind: i32, samples: i32): usize {
  const plane = <usize>((samples + 3) >> 2) << 7;
  return 32 + (keepsSlopes(kind) ? plane << 1 : plane);
}

function pullTile(
  kind: i32,
  tile: usize,
  p: i32,
  lanes: i32,
  d: i32,
  samples: i32,
  columns: usize,
  scale: f64,
  scratch: usize,
  out: usize,
): void {
  const plane = <usize>((samples + 3) >> 2) << 7;
  const weighted = scratch + plane;
  const gradient = weighted + plane;
  // Its last row (k = d + 1) is the bias; without bias p stops before it.
  weighSlopes(kind, tile + 32, plane, samples, scratch, weighted, gradient, gradient + (<usize>(d + 1) << 5));
  weightedColumns(weighted, columns, samples, d, gradient + 32);
  const a0 = v128.load(tile);
  const a1 = v128.load(tile, 16);
  const end = gradient + (<usize>p << 5);
  for (let g = gradient + 32; g < end; g += 32) {
    v128.store(g, f64x2.mul(v128.load(g), a0));
    v128.store(g, f64x2.mul(v128.load(g, 16), a1), 16);
  }
  unpackTile(gradient, p, lanes, scale, out);
}
