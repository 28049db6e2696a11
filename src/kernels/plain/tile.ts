/**
 * Register-tiled loops over one tile of four neurons, lanes adjacent. Small functions of one shape each: the engine
 * compiles them well and keeps the accumulators in registers. The tile's width stands in them as a literal, because
 * bundlers turn a module's constants into variables, which the engine does not fold.
 */

/** Neurons a tile. */
export const LANES = 4;

/**
 * H[j][l] = offset_l + Σ_k B[k][l] z_jk for all samples j, into `out` from `base`.
 *
 * @param packed - `[d + 1][4]`: inner weights by coordinate, then the biases
 * @param inputs - `[m, d]`
 */
export function preActivationsInto(
  packed: Float64Array,
  inputs: Float64Array,
  samples: number,
  inner: number,
  out: Float64Array,
  base: number,
): void {
  const b0 = packed[inner * 4]!;
  const b1 = packed[inner * 4 + 1]!;
  const b2 = packed[inner * 4 + 2]!;
  const b3 = packed[inner * 4 + 3]!;
  let write = base;
  let j = 0;
  for (; j + 1 < samples; j += 2) {
    let p0 = b0;
    let p1 = b1;
    let p2 = b2;
    let p3 = b3;
    let q0 = b0;
    let q1 = b1;
    let q2 = b2;
    let q3 = b3;
    let first = Math.imul(j, inner);
    let second = (first + inner) | 0;
    let weight = 0;
    for (let k = 0; k < inner; k++) {
      const z = inputs[first]!;
      const y = inputs[second]!;
      const w0 = packed[weight]!;
      const w1 = packed[weight + 1]!;
      const w2 = packed[weight + 2]!;
      const w3 = packed[weight + 3]!;
      p0 += w0 * z;
      p1 += w1 * z;
      p2 += w2 * z;
      p3 += w3 * z;
      q0 += w0 * y;
      q1 += w1 * y;
      q2 += w2 * y;
      q3 += w3 * y;
      first = (first + 1) | 0;
      second = (second + 1) | 0;
      weight = (weight + 4) | 0;
    }
    out[write] = p0;
    out[write + 1] = p1;
    out[write + 2] = p2;
    out[write + 3] = p3;
    out[write + 4] = q0;
    out[write + 5] = q1;
    out[write + 6] = q2;
    out[write + 7] = q3;
    write = (write + 8) | 0;
  }
  if (j < samples) {
    for (let l = 0; l < 4; l++) {
      let sum = packed[inner * 4 + l]!;
      for (let k = 0; k < inner; k++) sum += packed[k * 4 + l]! * inputs[j * inner + k]!;
      out[write + l] = sum;
    }
  }
}

/** partial[j] += (weight_l S[j][l] summed over l = 0, 2; over l = 1, 3). */
export function accumulateInto(
  values: Float64Array,
  base: number,
  samples: number,
  weights: Float64Array,
  partial: Float64Array,
): void {
  const w0 = weights[0]!;
  const w1 = weights[1]!;
  const w2 = weights[2]!;
  const w3 = weights[3]!;
  let read = base;
  let write = 0;
  for (let j = 0; j < samples; j++) {
    partial[write] = partial[write]! + (w0 * values[read]! + w2 * values[read + 2]!);
    partial[write + 1] = partial[write + 1]! + (w1 * values[read + 1]! + w3 * values[read + 3]!);
    read = (read + 4) | 0;
    write = (write + 2) | 0;
  }
}

/** out_j += partial[j][0] + partial[j][1]. */
export function addLanesInto(partial: Float64Array, samples: number, out: Float64Array): void {
  for (let j = 0; j < samples; j++) out[j] = out[j]! + (partial[2 * j]! + partial[2 * j + 1]!);
}

/**
 * out[k][l] = Σ_j A[from + j][l] z_kj, k = 0 … columns - 1.
 *
 * @param left - A, `[m][4]` from offset `from`
 * @param columns - rows of `right`, which is `[columns, m]`
 */
export function weightedColumnsInto(
  left: Float64Array,
  from: number,
  right: Float64Array,
  samples: number,
  columns: number,
  out: Float64Array,
  outFrom: number,
): void {
  let write = outFrom;
  let k = 0;
  for (; k + 1 < columns; k += 2) {
    let p0 = 0;
    let p1 = 0;
    let p2 = 0;
    let p3 = 0;
    let q0 = 0;
    let q1 = 0;
    let q2 = 0;
    let q3 = 0;
    let read = from;
    let first = Math.imul(k, samples);
    let second = (first + samples) | 0;
    for (let j = 0; j < samples; j++) {
      const z = right[first]!;
      const y = right[second]!;
      const a0 = left[read]!;
      const a1 = left[read + 1]!;
      const a2 = left[read + 2]!;
      const a3 = left[read + 3]!;
      p0 += a0 * z;
      p1 += a1 * z;
      p2 += a2 * z;
      p3 += a3 * z;
      q0 += a0 * y;
      q1 += a1 * y;
      q2 += a2 * y;
      q3 += a3 * y;
      first = (first + 1) | 0;
      second = (second + 1) | 0;
      read = (read + 4) | 0;
    }
    out[write] = p0;
    out[write + 1] = p1;
    out[write + 2] = p2;
    out[write + 3] = p3;
    out[write + 4] = q0;
    out[write + 5] = q1;
    out[write + 6] = q2;
    out[write + 7] = q3;
    write = (write + 8) | 0;
  }
  if (k < columns) {
    for (let l = 0; l < 4; l++) {
      let sum = 0;
      for (let j = 0; j < samples; j++) sum += left[from + j * 4 + l]! * right[k * samples + j]!;
      out[write + l] = sum;
    }
  }
}

/** a ← a · b elementwise over the first `count` entries. */
export function multiplyInto(a: Float64Array, b: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) a[i] = a[i]! * b[i]!;
}
