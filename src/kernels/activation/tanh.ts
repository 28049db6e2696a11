import type { Activation } from './activation.ts';

/** tanh(k/64) for k = -1280 … 1280; beyond ±19.07 tanh rounds to ±1. */
const TABLE = tanhTable();

/**
 * The hyperbolic tangent: with the nearest node c = k/64 and p = x - c,
 * tanh x = T + t(1 - T²)/(1 + Tt), T = tanh c from a table, t = tanh p by its Taylor polynomial of degree 7.
 *
 * At most 1.6 ulp; only + - × ÷ are used, so the bits are the same on every engine (Math.tanh's are not), and it takes
 * less than half of Math.tanh's time. Its numbers stand in the loop as literals: bundlers turn a module's constants into
 * variables, which the engine does not fold.
 */
export const tanh: Activation = {
  name: 'tanh',
  slopeFromValue: true,
  valuesInto(v, from, count, out, outFrom) {
    const table = TABLE;
    for (let i = 0; i < count; i++) {
      let x = v[from + i]!;
      if (x > 20) x = 20;
      else if (x < -20) x = -20;
      const k = (x * 64 + 1280.5) | 0;
      const p = x - (k - 1280) * 0.015625;
      const w = p * p;
      const t = p * (1 + w * (-0.3333333333333333 + w * (0.13333333333333333 - 0.05396825396825397 * w)));
      const node = table[k]!;
      out[outFrom + i] = node + (t * (1 - node * node)) / (1 + node * t);
    }
  },
  slopesInto(source, from, count, out, outFrom) {
    for (let i = 0; i < count; i++) out[outFrom + i] = 1 - source[from + i]! * source[from + i]!;
  },
};

/**
 * tanh(k/64) for |k| ≤ 1280, by the addition theorem in double-double arithmetic, whose error (about 1e-29 here) is
 * far below the rounding of the result.
 */
function tanhTable(): Float64Array {
  const half = 1280;
  const table = new Float64Array(2 * half + 1);
  // tanh(1/64) = 0.015623728558408865440… as an unevaluated sum of two doubles, from its Taylor series.
  const delta = tanhSeries(1 / 64);
  let node: Pair = [0, 0];
  for (let k = 0; k <= half; k++) {
    table[half + k] = node[0];
    table[half - k] = -node[0];
    node = divide(add(node, delta), add([1, 0], multiply(node, delta)));
  }
  return table;
}

/** An unevaluated sum of two doubles, the second below half a unit in the last place of the first. */
type Pair = readonly [number, number];

function tanhSeries(x: number): Pair {
  // sinh x / cosh x, both by Taylor series; x is a power of two, so its powers are exact.
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

function twoSum(a: number, b: number): Pair {
  const sum = a + b;
  const shadow = sum - a;
  return [sum, a - (sum - shadow) + (b - shadow)];
}

function twoProduct(a: number, b: number): Pair {
  const product = a * b;
  const [aHigh, aLow] = halves(a);
  const [bHigh, bLow] = halves(b);
  return [product, aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)];
}

function halves(a: number): Pair {
  const scaled = 134217729 * a;
  const high = scaled - (scaled - a);
  return [high, a - high];
}

function add(a: Pair, b: Pair): Pair {
  const [sum, error] = twoSum(a[0], b[0]);
  return twoSum(sum, error + a[1] + b[1]);
}

function multiply(a: Pair, b: Pair): Pair {
  const [product, error] = twoProduct(a[0], b[0]);
  return twoSum(product, error + a[0] * b[1] + a[1] * b[0]);
}

function divide(a: Pair, b: Pair): Pair {
  const first = a[0] / b[0];
  const rest = add(a, multiply([-first, 0], b));
  const second = rest[0] / b[0];
  const last = add(rest, multiply([-second, 0], b));
  return add(twoSum(first, second), [last[0] / b[0], 0]);
}
