/** Sum of the first `count` values with Neumaier's compensation: the error does not grow with `count`. O(count). */
export function compensatedSum(values: ArrayLike<number>, count = values.length): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Compensated inner product Σ weights[i] · values[i·stride + offset] over the entries of `weights`. */
export function compensatedDot(weights: Float64Array, values: ArrayLike<number>, stride = 1, offset = 0): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0, k = offset; i < weights.length; i++, k += stride) {
    const value = weights[i]! * values[k]!;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
