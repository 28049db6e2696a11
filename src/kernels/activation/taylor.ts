/** Σ_n c_n p^n, n = 0 … 7, c_n = rows[at + n], by Horner's rule. */
export function taylor(rows: Float64Array, at: number, p: number): number {
  const high = rows[at + 4]! + p * (rows[at + 5]! + p * (rows[at + 6]! + p * rows[at + 7]!));
  return rows[at]! + p * (rows[at + 1]! + p * (rows[at + 2]! + p * (rows[at + 3]! + p * high)));
}
