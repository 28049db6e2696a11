import { add, divide, type Pair } from './double-double.ts';

let table: Float64Array | undefined;

/** log(1 + k/64), k = 0 … 64, correctly rounded. */
export function logTable(): Float64Array {
  table ??= build();
  return table;
}

/**
 * log(1 + e) for 0 ≤ e ≤ 1: with the nearest c = k/64 it is log(1 + c) + 2 artanh s, s = (e - c)/(2 + c + e). About 1 ulp,
 * relatively, down to e = 0.
 *
 * @param table - logTable()
 */
export function logOnePlus(e: number, table: Float64Array): number {
  // Adding 1.5 · 2^46 rounds to multiples of 1/64.
  const c = e + 105553116266496 - 105553116266496;
  const s = (e - c) / (2 + (c + e));
  const w = s * s;
  const series = w * (0.3333333333333333 + w * (0.2 + w * 0.14285714285714285));
  const double = s + s;
  return table[(c * 64) | 0]! + (double + double * series);
}

/** log((65 + k)/(64 + k)) = 2 artanh(1/(129 + 2k)). */
function build(): Float64Array {
  const out = new Float64Array(65);
  let node: Pair = [0, 0];
  for (let k = 0; k <= 64; k++) {
    out[k] = node[0];
    const base = 129 + 2 * k;
    let power = divide([2, 0], [base, 0]);
    for (let n = 1; n < 20; n += 2) {
      node = add(node, divide(power, [n, 0]));
      power = divide(power, [base * base, 0]);
    }
  }
  return out;
}
