// Square [p, p] row-major matrices and vectors [p], small enough that clarity wins over speed.

/** A·B. */
export function product(A: Float64Array, B: Float64Array, p: number): Float64Array {
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let k = 0; k < p; k++) {
      const a = A[i * p + k]!;
      for (let j = 0; j < p; j++) out[i * p + j]! += a * B[k * p + j]!;
    }
  return out;
}

/** A·u. */
export function applied(A: Float64Array, u: Float64Array): Float64Array {
  const p = u.length;
  return Float64Array.from({ length: p }, (_, i) => u.reduce((sum, value, j) => sum + A[i * p + j]! * value, 0));
}

/** u·vᵀ. */
export function outer(u: Float64Array, v: Float64Array): Float64Array {
  const p = u.length;
  return Float64Array.from({ length: p * p }, (_, k) => u[Math.floor(k / p)]! * v[k % p]!);
}

/** A + Aᵀ. */
export function symmetrized(A: Float64Array, p: number): Float64Array {
  return A.map((value, k) => value + A[(k % p) * p + Math.floor(k / p)]!);
}

/** Σ coefficient·array over the terms, entry by entry. */
export function combination(...terms: readonly (readonly [coefficient: number, array: Float64Array])[]): Float64Array {
  const out = new Float64Array(terms[0]![1].length);
  for (const [coefficient, array] of terms) for (let k = 0; k < out.length; k++) out[k]! += coefficient * array[k]!;
  return out;
}
