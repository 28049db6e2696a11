import type { Matrix } from '../../base/arrays.ts';
import { cholesky, solveLowerInto, solveLowerTransposedInto } from '../../base/linear-algebra.ts';
import { principalDirections } from './principal.ts';
import { meanRow } from './rows.ts';

/** Predictions of networks of one width, `[R, m]`, and the mean features of their twins, `[R, s]`. */
export interface TwinSample {
  readonly width: number;
  readonly rows: Matrix;
  readonly twins: Matrix;
}

/** Combinations of features that make control variates. */
const DIRECTIONS = 8;
/** Networks of a width that the regression takes. */
const MOST = 1500;

/**
 * For each width the combinations of twins' features that predict most of what networks of the *other* widths do, `[k, s]`: by the
 * regression of predictions on features, n times the squares of each width together, and the principal directions of what it explains.
 * Being fitted elsewhere, they are fixed numbers for the networks that they are used on (docs/theory.md 11.1).
 */
export function controlDirections(samples: readonly TwinSample[]): Float64Array[] {
  const moments = samples.map(momentsOf);
  const s = samples[0]!.twins.shape[1]!;
  const m = samples[0]!.rows.shape[1]!;
  return samples.map((_, own) => {
    const gram = new Float64Array(s * s);
    const cross = new Float64Array(m * s);
    moments.forEach((other, i) => {
      if (i === own) return;
      for (let k = 0; k < gram.length; k++) gram[k]! += other.gram[k]!;
      for (let k = 0; k < cross.length; k++) cross[k]! += other.cross[k]!;
    });
    return explained(gram, cross, s, m);
  });
}

/** Products of features, `[s, s]`, and of predictions with features, `[m, s]`, around their means, times the width. */
function momentsOf({ width, rows, twins }: TwinSample): { gram: Float64Array; cross: Float64Array } {
  const R = Math.min(MOST, rows.shape[0]!);
  const m = rows.shape[1]!;
  const s = twins.shape[1]!;
  const [meanF, meanX] = [meanRow(rows), meanRow(twins)];
  const gram = new Float64Array(s * s);
  const cross = new Float64Array(m * s);
  const x = new Float64Array(s);
  for (let r = 0; r < R; r++) {
    for (let a = 0; a < s; a++) x[a] = twins.data[r * s + a]! - meanX[a]!;
    for (let a = 0; a < s; a++) for (let b = 0; b <= a; b++) gram[a * s + b]! += x[a]! * x[b]! * width;
    for (let j = 0; j < m; j++) {
      const f = (rows.data[r * m + j]! - meanF[j]!) * width;
      for (let a = 0; a < s; a++) cross[j * s + a]! += f * x[a]!;
    }
  }
  for (let a = 0; a < s; a++) for (let b = 0; b < a; b++) gram[b * s + a] = gram[a * s + b]!;
  return { gram, cross };
}

/** The combinations along which the regression on features moves predictions most. */
function explained(gram: Float64Array, cross: Float64Array, s: number, m: number): Float64Array {
  let trace = 0;
  for (let a = 0; a < s; a++) trace += gram[a * s + a]!;
  // Features that are all but combinations of others: a ridge far below what matters keeps their coefficients small.
  const ridged = gram.slice();
  for (let a = 0; a < s; a++) ridged[a * s + a]! += (1e-7 * trace) / s;
  const lower = cholesky(ridged, s);
  if (lower === undefined) return new Float64Array(0);
  const beta = Array.from({ length: m }, (_, j) => {
    const column = cross.slice(j * s, (j + 1) * s);
    solveLowerInto(lower, s, column);
    solveLowerTransposedInto(lower, s, column);
    return column;
  });
  const covariance = new Float64Array(m * m);
  for (let j = 0; j < m; j++)
    for (let k = 0; k < m; k++) {
      let sum = 0;
      for (let a = 0; a < s; a++) sum += beta[j]![a]! * cross[k * s + a]!;
      covariance[j * m + k] = sum;
    }
  const basis = principalDirections(covariance, DIRECTIONS);
  const out = new Float64Array(basis.length * s);
  basis.forEach((direction, k) => {
    for (let j = 0; j < m; j++) for (let a = 0; a < s; a++) out[k * s + a]! += direction[j]! * beta[j]![a]!;
  });
  return out;
}
