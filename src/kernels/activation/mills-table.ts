import { add, divide, type Pair, scale } from './double-double.ts';

/** 1/√(2π). */
const DENSITY_AT_ZERO: Pair = [0.3989422804014327, -2.49232720227773e-17];
const STEP = 1 / 32;
const TERMS = 24;

let table: Float64Array | undefined;

/**
 * Taylor coefficients of g(a) = e^(a²/2) Φ(-a), Mills' ratio times φ(0), around k/32, k = 0 … 1216: `[1217][8]`. The
 * polynomial errs by less than 1e-16 relative.
 */
export function millsTable(): Float64Array {
  table ??= build();
  return table;
}

/** Downwards from 38, where errors die out; g′ = ag - φ(0), so (n + 1)g_(n+1) = c g_n + g_(n-1) for n ≥ 1. */
function build(): Float64Array {
  const last = 1216;
  const out = new Float64Array(8 * (last + 1));
  let value = continuedFraction(last * STEP);
  for (let k = last; k >= 0; k--) {
    const c = k * STEP;
    const series: Pair[] = [value, add(scale(value, c), scale(DENSITY_AT_ZERO, -1))];
    for (let n = 1; n + 1 < TERMS; n++) series.push(divide(add(scale(series[n]!, c), series[n - 1]!), [n + 1, 0]));
    for (let n = 0; n < 8; n++) out[8 * k + n] = series[n]![0];
    value = [0, 0];
    for (let n = TERMS - 1; n >= 0; n--) value = add(scale(value, -STEP), series[n]!);
  }
  return out;
}

/** g(a) = φ(0)/(a + 1/(a + 2/(a + 3/(a + …)))), for large a. */
function continuedFraction(a: number): Pair {
  let below: Pair = [a, 0];
  for (let n = 60; n >= 1; n--) below = add([a, 0], divide([n, 0], below));
  return divide(DENSITY_AT_ZERO, below);
}
