import type { Matrix } from '../../base/arrays.ts';
import { cholesky, solveLowerInto, solveLowerTransposedInto } from '../../base/linear-algebra.ts';
import { KNOWN_PARTS, TWIN_PARTS } from '../cells/twins.ts';
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
const MOST = 500;

/** Combinations of twins' features, as control variates. */
export interface ControlDirections {
  /** For fluctuations, `[k, 6S]`. */
  readonly all: Float64Array;
  /** Of features of known mean alone, for means, `[k, 3S]`. */
  readonly known: Float64Array;
}

/**
 * For each width the combinations of twins' features that predict most of what networks of the *other* widths do: by the
 * regression of predictions on features, n times the squares of each width together, and the principal directions of what it explains.
 * Being fitted elsewhere, they are fixed numbers for the networks that they are used on (docs/theory.md 11.1).
 */
export function controlDirections(samples: readonly TwinSample[]): ControlDirections[] {
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
    return {
      all: explained(gram, cross, { s, m, of: s }),
      known: explained(gram, cross, { s, m, of: (s * KNOWN_PARTS) / TWIN_PARTS }),
    };
  });
}

/** Products of features, `[s, s]`, and of predictions with features, `[m, s]`, around their means, times the width. */
function momentsOf({ width, rows, twins }: TwinSample): { gram: Float64Array; cross: Float64Array } {
  const R = Math.min(MOST, rows.shape[0]!);
  const m = rows.shape[1]!;
  const s = twins.shape[1]!;
  const [meanF, meanX] = [meanRow(rows), meanRow(twins)];
  const [F, X] = [rows.data, twins.data];
  const gram = new Float64Array(s * s);
  const cross = new Float64Array(m * s);
  const x = new Float64Array(s);
  for (let r = 0; r < R; r++) {
    for (let a = 0; a < s; a++) x[a] = X[r * s + a]! - meanX[a]!;
    for (let a = 0; a < s; a++) {
      const scaled = x[a]! * width;
      for (let b = 0, to = a * s; b <= a; b++, to++) gram[to]! += scaled * x[b]!;
    }
    for (let j = 0; j < m; j++) {
      const f = (F[r * m + j]! - meanF[j]!) * width;
      for (let a = 0, to = j * s; a < s; a++, to++) cross[to]! += f * x[a]!;
    }
  }
  for (let a = 0; a < s; a++) for (let b = 0; b < a; b++) gram[b * s + a] = gram[a * s + b]!;
  return { gram, cross };
}

/** The combinations of the first `of` features along which the regression on these moves predictions most, `[k, of]`. */
function explained(
  gram: Float64Array,
  cross: Float64Array,
  { s, m, of }: { readonly s: number; readonly m: number; readonly of: number },
): Float64Array {
  const lower = ridged(gram, s, of);
  const beta = Array.from({ length: m }, (_, j) => {
    const column = cross.slice(j * s, j * s + of);
    solveLowerInto(lower, of, column);
    solveLowerTransposedInto(lower, of, column);
    return column;
  });
  const covariance = new Float64Array(m * m);
  for (let j = 0; j < m; j++)
    for (let k = 0; k < m; k++) {
      let sum = 0;
      for (let a = 0; a < of; a++) sum += beta[j]![a]! * cross[k * s + a]!;
      covariance[j * m + k] = sum;
    }
  const basis = principalDirections(covariance, DIRECTIONS);
  const out = new Float64Array(basis.length * of);
  basis.forEach((direction, k) => {
    for (let j = 0; j < m; j++) for (let a = 0; a < of; a++) out[k * of + a]! += direction[j]! * beta[j]![a]!;
  });
  return out;
}

/**
 * Cholesky's factor of the first rows and columns of a matrix `[s, s]`, with a ridge far below what matters: features that are all but
 * combinations of others keep small coefficients.
 */
function ridged(gram: Float64Array, s: number, size: number): Float64Array {
  const out = new Float64Array(size * size);
  let trace = 0;
  for (let a = 0; a < size; a++) {
    out.set(gram.subarray(a * s, a * s + size), a * size);
    trace += gram[a * s + a]!;
  }
  for (let a = 0; a < size; a++) out[a * size + a]! += (1e-7 * trace) / size || 1;
  const lower = cholesky(out, size);
  if (lower === undefined) throw new Error('the covariance of features is not positive');
  return lower;
}
