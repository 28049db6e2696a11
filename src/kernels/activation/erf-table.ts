import { add, divide, multiply, type Pair, scale } from './double-double.ts';

/** 2/√π. */
const SLOPE_AT_ZERO: Pair = [1.1283791670955126, 1.533545961316588e-17];
const STEP = 1 / 32;
const TERMS = 32;

let table: Float64Array | undefined;

/** Taylor coefficients of erf around k/32, k = -192 … 192: `[385][8]`. The polynomial errs by less than 2e-16 relative. */
export function erfTable(): Float64Array {
  table ??= build();
  return table;
}

/** From node to node by the Taylor series itself. Its slope e solves e′ = -2xe, so (n + 1)e_(n+1) = -2(c e_n + e_(n-1)). */
function build(): Float64Array {
  const half = 192;
  const out = new Float64Array(8 * (2 * half + 1));
  let value: Pair = [0, 0];
  let slope = SLOPE_AT_ZERO;
  for (let k = 0; k <= half; k++) {
    const slopes = slopeSeries(k * STEP, slope);
    const own: Pair[] = [value];
    for (let n = 1; n < TERMS; n++) own.push(divide(slopes[n - 1]!, [n, 0]));
    for (let n = 0; n < 8; n++) {
      out[8 * (half - k) + n] = n % 2 === 0 ? -own[n]![0] : own[n]![0];
      out[8 * (half + k) + n] = own[n]![0];
    }
    value = sumAt(own);
    slope = sumAt(slopes);
  }
  return out;
}

function slopeSeries(c: number, slope: Pair): Pair[] {
  const series: Pair[] = [slope];
  let before: Pair = [0, 0];
  for (let n = 0; n + 1 < TERMS; n++) {
    const now = series[n]!;
    series.push(divide(scale(add(scale(now, c), before), -2), [n + 1, 0]));
    before = now;
  }
  return series;
}

function sumAt(series: readonly Pair[]): Pair {
  let sum: Pair = [0, 0];
  for (let n = series.length - 1; n >= 0; n--) sum = add(multiply(sum, [STEP, 0]), series[n]!);
  return sum;
}
