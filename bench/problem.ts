/**
 * The problem that every program of the dropout-step benchmark solves, from integer hashes, so that losses can be compared
 * to the last digits: inputs, targets and start are uniform on (-2, 2), inputs over √d, targets the product of the first two
 * raw inputs; τ = 0.05 q; no bias; squared loss.
 */
export interface Problem {
  readonly n: number;
  readonly m: number;
  readonly d: number;
  readonly q: number;
  readonly activation: 'tanh' | 'relu';
}

/** A bijective mixing of 32-bit integers (lowbias32, by Ch. Wellons). */
export function mix(value: number): number {
  let x = value;
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  x ^= x >>> 16;
  return x >>> 0;
}

/** Number i of stream s, uniform on (-2, 2). */
function uniform(s: number, i: number): number {
  return 4 * (mix((Math.imul(i, 0x9e3779b1) + s) >>> 0) / 2 ** 32 - 0.5);
}

/** Inputs `[m, d]`. */
export function inputsOf({ m, d }: Problem): Float64Array {
  return Float64Array.from({ length: m * d }, (_, i) => uniform(1, i) / Math.sqrt(d));
}

export function targetsOf({ m, d }: Problem): Float64Array {
  return Float64Array.from({ length: m }, (_, j) => uniform(1, j * d) * uniform(1, j * d + (d > 1 ? 1 : 0)));
}

/** Neurons `[n, 1 + d]`. */
export function startOf({ n, d }: Problem): Float64Array {
  const x = new Float64Array(n * (1 + d));
  for (let i = 0; i < n; i++) {
    x[i * (1 + d)] = uniform(2, i);
    for (let k = 0; k < d; k++) x[i * (1 + d) + 1 + k] = uniform(3, i * d + k);
  }
  return x;
}

/** Writes the active set of step t of a check run and returns its size. */
export function hashedSetInto({ n, q }: Problem, t: number, out: Int32Array): number {
  const key = mix(t + 0x01234567);
  let count = 0;
  for (let i = 0; i < n; i++) if (q >= 1 || mix(Math.imul(i, 0x9e3779b1) ^ key) < q * 2 ** 32) out[count++] = i;
  return count;
}
