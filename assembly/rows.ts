/**
 * Turns rows first … first + 3 into a tile: outer weights into `tile`, inner weights and bias as `[d + 1][4]` into
 * `packed`. Lanes beyond the chunk repeat its last neuron with outer weight 0.
 */
export function packTile(
  rows: usize,
  p: i32,
  first: i32,
  count: i32,
  d: i32,
  tile: usize,
  packed: usize,
): void {
  const row = <usize>p << 3;
  const last = count - 1;
  const r0 = rows + <usize>first * row;
  const r1 = rows + <usize>min(first + 1, last) * row;
  const r2 = rows + <usize>min(first + 2, last) * row;
  const r3 = rows + <usize>min(first + 3, last) * row;
  store<f64>(tile, load<f64>(r0));
  store<f64>(tile, first + 1 < count ? load<f64>(r1) : 0, 8);
  store<f64>(tile, first + 2 < count ? load<f64>(r2) : 0, 16);
  store<f64>(tile, first + 3 < count ? load<f64>(r3) : 0, 24);
  const width = <usize>(p - 1) << 3;
  let k: usize = 0;
  for (; k + 8 < width; k += 16) {
    const x0 = v128.load(r0 + k, 8);
    const x1 = v128.load(r1 + k, 8);
    const x2 = v128.load(r2 + k, 8);
    const x3 = v128.load(r3 + k, 8);
    v128.store(packed, v128.shuffle<f64>(x0, x1, 0, 2));
    v128.store(packed, v128.shuffle<f64>(x2, x3, 0, 2), 16);
    v128.store(packed, v128.shuffle<f64>(x0, x1, 1, 3), 32);
    v128.store(packed, v128.shuffle<f64>(x2, x3, 1, 3), 48);
    packed += 64;
  }
  if (k < width) {
    store<f64>(packed, load<f64>(r0 + k, 8));
    store<f64>(packed, load<f64>(r1 + k, 8), 8);
    store<f64>(packed, load<f64>(r2 + k, 8), 16);
    store<f64>(packed, load<f64>(r3 + k, 8), 24);
    packed += 32;
  }
  if (p - 1 == d) {
    const none = f64x2.splat(0);
    v128.store(packed, none);
    v128.store(packed, none, 16);
  }
}

/** out[i][k] = scale · gradient[k][lane i] for the lanes of the tile that are in the chunk; `out` is `[lanes][p]`. */
export function unpackTile(gradient: usize, p: i32, lanes: i32, scale: f64, out: usize): void {
  const row = <usize>p << 3;
  const s = f64x2.splat(scale);
  const pairs = lanes >> 1;
  for (let pair = 0; pair < pairs; pair++) {
    let from = gradient + (<usize>pair << 4);
    let to = out;
    let k = 0;
    for (; k + 1 < p; k += 2) {
      const x = f64x2.mul(s, v128.load(from));
      const y = f64x2.mul(s, v128.load(from, 32));
      v128.store(to, v128.shuffle<f64>(x, y, 0, 2));
      v128.store(to + row, v128.shuffle<f64>(x, y, 1, 3));
      from += 64;
      to += 16;
    }
    if (k < p) {
      store<f64>(to, scale * load<f64>(from));
      store<f64>(to + row, scale * load<f64>(from, 8));
    }
    out += row << 1;
  }
  if (lanes & 1) {
    let from = gradient + (<usize>(lanes - 1) << 3);
    for (let k = 0; k < p; k++) {
      store<f64>(out, scale * load<f64>(from));
      from += 32;
      out += 8;
    }
  }
}
