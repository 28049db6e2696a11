import { add, divide, multiply, type Pair } from './double-double.ts';

let table: Float64Array | undefined;

/** tanh and 1 - tanh² at k/128, k = -2560 … 2560: `[5121][2]`, correctly rounded. Beyond ±19.07 tanh rounds to ±1. */
export function tanhTable(): Float64Array {
  table ??= build();
  return table;
}

/** By the addition theorem. */
function build(): Float64Array {
  const half = 2560;
  const out = new Float64Array(2 * (2 * half + 1));
  const step = tanhSeries(1 / 128);
  const one: Pair = [1, 0];
  let node: Pair = [0, 0];
  for (let k = 0; k <= half; k++) {
    // 1 - T² as (1 - T)(1 + T), which keeps the relative accuracy of the double-double where T is near 1.
    const slope = multiply(add(one, [-node[0], -node[1]]), add(one, node))[0];
    out[2 * (half - k)] = -node[0];
    out[2 * (half - k) + 1] = slope;
    out[2 * (half + k)] = node[0];
    out[2 * (half + k) + 1] = slope;
    node = divide(add(node, step), add(one, multiply(node, step)));
  }
  return out;
}

/** sinh x / cosh x, both by Taylor series; x is a power of two, so its powers are exact. */
function tanhSeries(x: number): Pair {
  let sinh: Pair = [0, 0];
  let cosh: Pair = [0, 0];
  let term: Pair = [1, 0];
  for (let k = 1; k < 24; k++) {
    if (k % 2 === 1) cosh = add(cosh, term);
    else sinh = add(sinh, term);
    term = divide(multiply(term, [x, 0]), [k, 0]);
  }
  return divide(sinh, cosh);
}
