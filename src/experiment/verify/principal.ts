/** Rounds of orthogonal iteration: the span matters, not the single vectors, and need not be exact. */
const ROUNDS = 15;

/**
 * An orthonormal basis `[k, m]` of (nearly) the k directions along which a covariance matrix `[m, m]` is largest, by orthogonal iteration. Fewer
 * vectors where the matrix has a lower rank.
 */
export function principalDirections(covariance: Float64Array, count: number): Float64Array[] {
  const m = Math.round(Math.sqrt(covariance.length));
  let basis = orthonormal(
    Array.from({ length: m }, (_, j) => covariance.slice(j * m, (j + 1) * m)),
    count,
  );
  for (let round = 0; round < ROUNDS; round++)
    basis = orthonormal(
      basis.map((v) => v.map((_, j) => v.reduce((sum, x, l) => sum + covariance[j * m + l]! * x, 0))),
      count,
    );
  return basis;
}

/** Gram and Schmidt's process with pivoting: the longest remainder first, until there are `count` or the rest is rounding. */
function orthonormal(vectors: Float64Array[], count: number): Float64Array[] {
  const rest = vectors.map((v) => v.slice());
  const norm = (v: Float64Array) => Math.hypot(...v);
  const largest = Math.max(...rest.map(norm));
  const out: Float64Array[] = [];
  while (out.length < Math.min(count, vectors.length)) {
    const next = rest.reduce((best, v) => (norm(v) > norm(best) ? v : best));
    const length = norm(next);
    if (!(length > 1e-10 * largest)) break;
    const unit = next.map((x) => x / length);
    out.push(unit);
    for (const v of rest) {
      const along = v.reduce((sum, x, j) => sum + x * unit[j]!, 0);
      for (let j = 0; j < v.length; j++) v[j]! -= along * unit[j]!;
    }
  }
  return out;
}
