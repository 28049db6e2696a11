/**
 * Arithmetic on unevaluated sums of two doubles, good to about 1e-31 relative: for tables that must be correctly
 * rounded and the same on every engine. Only + - × ÷ and square roots, which are exact to the last bit everywhere.
 * Dekker, A floating-point technique for extending the available precision, Numer. Math. 18 (1971).
 */
export type Pair = readonly [number, number];

export function add(a: Pair, b: Pair): Pair {
  const [sum, error] = twoSum(a[0], b[0]);
  return twoSum(sum, error + a[1] + b[1]);
}

export function multiply(a: Pair, b: Pair): Pair {
  const [product, error] = twoProduct(a[0], b[0]);
  return twoSum(product, error + a[0] * b[1] + a[1] * b[0]);
}

/** a times a double. */
export function scale(a: Pair, b: number): Pair {
  const [product, error] = twoProduct(a[0], b);
  return twoSum(product, error + a[1] * b);
}

export function divide(a: Pair, b: Pair): Pair {
  const first = a[0] / b[0];
  const rest = add(a, scale(b, -first));
  const second = rest[0] / b[0];
  const last = add(rest, scale(b, -second));
  return add(twoSum(first, second), [last[0] / b[0], 0]);
}

export function squareRoot(a: Pair): Pair {
  const first = Math.sqrt(a[0]);
  const rest = add(a, scale([first, 0], -first));
  return twoSum(first, rest[0] / (2 * first));
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
