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
    let p0 = b0;
    let p1 = b1;
    let p2 = b2;
    let p3 = b3;
    let read = Math.imul(j, inner);
    let weight = 0;
    for (let k = 0; k < inner; k++) {
      const z = inputs[read]!;
      p0 += packed[weight]! * z;
      p1 += packed[weight + 1]! * z;
      p2 += packed[weight + 2]! * z;
      p3 += packed[weight + 3]! * z;
      read = (read + 1) | 0;
      weight = (weight + 4) | 0;
    }
    out[write] = p0;
    out[write + 1] = p1;
    out[write + 2] = p2;
    out[write + 3] = p3;
  }
}

/** partial[j] += weight_0 S[j][0] + weight_1 S[j][1], and then the same of lanes 2 and 3; only of the first `lanes`. */
export function accumulateInto(
  values: Float64Array,
  base: number,
  samples: number,
  weights: Float64Array,
  lanes: number,
  partial: Float64Array,
): void {
  const w0 = weights[0]!;
  const w1 = weights[1]!;
  const w2 = weights[2]!;
  const w3 = weights[3]!;
  let read = base;
  for (let j = 0; j < samples; j++) {
    const first = w0 * values[read]!;
    let sum = partial[j]! + (lanes > 1 ? first + w1 * values[read + 1]! : first);
    if (lanes > 2) {
      const third = w2 * values[read + 2]!;
      sum += lanes > 3 ? third + w3 * values[read + 3]! : third;
    }
    partial[j] = sum;
    read = (read + 4) | 0;
  }
}

/**
 * out[k][l] = Σ_j A[j][l] z_kj, k = 0 … columns - 1, into `out` from `outFrom`: the sum over even j plus that over odd j.
 *
 * @param left - A, `[m][4]`
 * @param columns - rows of `right`, which is `[columns, m]`
 */
export function weightedColumnsInto(
  left: Float64Array,
  right: Float64Array,
  samples: number,
  columns: number,
  out: Float64Array,
  outFrom: number,
): void {
  let write = outFrom;
  for (let k = 0; k < columns; k++) {
    let p0 = 0;
    let p1 = 0;
    let p2 = 0;
    let p3 = 0;
    let q0 = 0;
    let q1 = 0;
    let q2 = 0;
    let q3 = 0;
    let read = 0;
    let at = Math.imul(k, samples);
    const end = (at + samples) | 0;
    for (; ((at + 1) | 0) < end; ) {
      const z = right[at]!;
      const y = right[at + 1]!;
      p0 += left[read]! * z;
      p1 += left[read + 1]! * z;
      p2 += left[read + 2]! * z;
      p3 += left[read + 3]! * z;
      q0 += left[read + 4]! * y;
      q1 += left[read + 5]! * y;
      q2 += left[read + 6]! * y;
      q3 += left[read + 7]! * y;
      at = (at + 2) | 0;
      read = (read + 8) | 0;
    }
    if (at < end) {
      const z = right[at]!;
      p0 += left[read]! * z;
      p1 += left[read + 1]! * z;
      p2 += left[read + 2]! * z;
      p3 += left[read + 3]! * z;
    }
    out[write] = p0 + q0;
    out[write + 1] = p1 + q1;
    out[write + 2] = p2 + q2;
    out[write + 3] = p3 + q3;
    write = (write + 4) | 0;
  }
}

/**
 * Slopes ← r ∘ slopes, `[m][4]`; gradient[l] = Σ_j r_j S[j][l]; gradient[bias + l] = Σ_j of the new slopes. Sums as in
 * weightedColumnsInto.
 *
 * @param values - S, `[m][4]` from offset `base`
 */
export function weighSlopesInto(
  slopes: Float64Array,
  residuals: Float64Array,
  values: Float64Array,
  base: number,
  samples: number,
  gradient: Float64Array,
  bias: number,
): void {
  for (let lane = 0; lane < 4; lane++) {
    let outer = 0;
    let outerOdd = 0;
    let sum = 0;
    let sumOdd = 0;
    let at = lane;
    let read = (base + lane) | 0;
    let j = 0;
    for (; j + 1 < samples; j += 2) {
      const r = residuals[at]!;
      const odd = residuals[at + 4]!;
      outer += r * values[read]!;
      outerOdd += odd * values[read + 4]!;
      const t = slopes[at]! * r;
      const tOdd = slopes[at + 4]! * odd;
      slopes[at] = t;
      slopes[at + 4] = tOdd;
      sum += t;
      sumOdd += tOdd;
      at = (at + 8) | 0;
      read = (read + 8) | 0;
    }
    if (j < samples) {
      const r = residuals[at]!;
      outer += r * values[read]!;
      const t = slopes[at]! * r;
      slopes[at] = t;
      sum += t;
    }
    gradient[lane] = outer + outerOdd;
    gradient[bias + lane] = sum + sumOdd;
  }
}

/** Multiplies rows 1 … rows - 1 of `[rows][4]` by the outer weights, lane by lane. */
export function scaleRowsInto(gradient: Float64Array, outer: Float64Array, rows: number): void {
  const a0 = outer[0]!;
  const a1 = outer[1]!;
  const a2 = outer[2]!;
  const a3 = outer[3]!;
  const end = rows * 4;
  for (let at = 4; at < end; at = (at + 4) | 0) {
    gradient[at] = gradient[at]! * a0;
    gradient[at + 1] = gradient[at + 1]! * a1;
    gradient[at + 2] = gradient[at + 2]! * a2;
    gradient[at + 3] = gradient[at + 3]! * a3;
  }
}
