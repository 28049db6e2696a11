/**
 * An orthonormal basis of the null space of a wide matrix, by Householder reflections of its transpose.
 *
 * @param columns - row-major `[n, d]`, n > d: row i is column i of the matrix. Overwritten
 * @returns row-major `[n − d, n]`: each row v has Σ_i v_i columns[i] = 0 to rounding, whatever the rank. O(n²d)
 */
export function nullSpace(columns: Float64Array, n: number, d: number): Float64Array {
  const scales = new Float64Array(d);
  for (let k = 0; k < d; k++) scales[k] = reflect(columns, n, d, k);
  const basis = new Float64Array((n - d) * n);
  for (let j = d; j < n; j++) {
    const v = basis.subarray((j - d) * n, (j - d + 1) * n);
    v[j] = 1;
    for (let k = d - 1; k >= 0; k--) {
      let dot = 0;
      for (let i = k; i < n; i++) dot += columns[i * d + k]! * v[i]!;
      const step = scales[k]! * dot;
      for (let i = k; i < n; i++) v[i]! -= step * columns[i * d + k]!;
    }
  }
  return basis;
}

/** Replaces column k below the diagonal by its Householder vector u, applies I − βuuᵀ to the later columns, returns β. */
function reflect(a: Float64Array, n: number, d: number, k: number): number {
  let norm = 0;
  for (let i = k; i < n; i++) norm = Math.hypot(norm, a[i * d + k]!);
  if (norm === 0) return 0;
  const head = a[k * d + k]!;
  a[k * d + k] = head + (head >= 0 ? norm : -norm);
  const beta = 1 / (norm * (norm + Math.abs(head)));
  for (let j = k + 1; j < d; j++) {
    let dot = 0;
    for (let i = k; i < n; i++) dot += a[i * d + k]! * a[i * d + j]!;
    const step = beta * dot;
    for (let i = k; i < n; i++) a[i * d + j]! -= step * a[i * d + k]!;
  }
  return beta;
}
