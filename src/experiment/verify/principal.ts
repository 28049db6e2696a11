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
      basis.map((v) => image(covariance, v)),
      count,
    );
  return basis;
}

/** Gram and Schmidt's process with pivoting: the longest remainder first, until there are `count` or the rest is rounding. Uses the vectors up. */
function orthonormal(rest: Float64Array[], count: number): Float64Array[] {
  const most = Math.min(count, rest.length);
  const out: Float64Array[] = [];
  let first = 0;
  while (out.length < most) {
    const lengths = rest.map((v) => Math.sqrt(dot(v, v)));
    const longest = lengths.indexOf(Math.max(...lengths));
    const length = lengths[longest]!;
    if (out.length === 0) first = length;
    if (!(length > 1e-10 * first)) break;
    const unit = rest[longest]!.map((x) => x / length);
    out.push(unit);
    for (const v of rest) {
      const along = dot(v, unit);
      for (let j = 0; j < v.length; j++) v[j]! -= along * unit[j]!;
    }
  }
  return out;
}

function image(matrix: Float64Array, v: Float64Array): Float64Array {
  const m = v.length;
  const out = new Float64Array(m);
  for (let j = 0, at = 0; j < m; j++) {
    let sum = 0;
    for (let l = 0; l < m; l++, at++) sum += matrix[at]! * v[l]!;
    out[j] = sum;
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
