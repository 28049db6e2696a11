import { multiply, type Pair, squareRoot } from './double-double.ts';

/** Tables of `exp`. */
export interface ExpTables {
  /** 2^(j/64), j = 0 … 63, correctly rounded. */
  readonly roots: Float64Array;
  /** 2^k, k = -1022 … 1023. */
  readonly powers: Float64Array;
}

let tables: ExpTables | undefined;

/** The tables that `exp` and `gaussian` take: fetched once per loop, outside of it. */
export function expTables(): ExpTables {
  tables ??= { roots: roots(), powers: powers() };
  return tables;
}

/**
 * e^(x - rest) for a tiny rest; x is clamped to ±708, where the result is a normal number. NaN stays.
 *
 * With k the integer nearest x·64/log 2 and j = k mod 64 it is 2^((k - j)/64) · 2^(j/64) · e^p, |p| ≤ log 2/128, with the
 * Taylor polynomial of degree 5. About 1 ulp. Only + - × are used, so the bits are the same on every engine.
 */
export function exp(x: number, rest: number, { roots, powers }: ExpTables): number {
  if (x > 708) x = 708;
  else if (x < -708) x = -708;
  // Adding 1.5 · 2^52 rounds to integers; log 2/64 comes in two parts, the first so short that k times it is exact.
  const k = x * 92.33248261689366 + 6755399441055744 - 6755399441055744;
  const p = x - k * 0.010830424695086549 - k * 1.162596423439437e-12 - rest;
  const index = k | 0;
  const scaled = roots[index & 63]! * powers[(index >> 6) + 1022]!;
  const tail = 0.16666666666666666 + p * (0.041666666666666664 + p * 0.008333333333333333);
  return scaled + scaled * (p + p * p * (0.5 + p * tail));
}

/** e^(-scale · a²), scale 1 or ½, 0 ≤ a: a² is split into an exact part and a small rest, which keeps the last digits. */
export function gaussian(a: number, scale: number, tables: ExpTables): number {
  const t = a * 134217729;
  const head = t - (t - a);
  return exp(-(scale * (head * head)), scale * ((a - head) * (a + head)), tables);
}

function roots(): Float64Array {
  const out = new Float64Array(64);
  let root: Pair = [2, 0];
  for (let i = 0; i < 6; i++) root = squareRoot(root);
  let node: Pair = [1, 0];
  for (let j = 0; j < 64; j++) {
    out[j] = node[0];
    node = multiply(node, root);
  }
  return out;
}

function powers(): Float64Array {
  const out = new Float64Array(2046);
  out[1022] = 1;
  for (let k = 1; k <= 1023; k++) out[1022 + k] = 2 * out[1021 + k]!;
  for (let k = 1; k <= 1022; k++) out[1022 - k] = 0.5 * out[1023 - k]!;
  return out;
}
