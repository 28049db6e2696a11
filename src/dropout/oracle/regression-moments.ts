import { asMatrix, type Matrix, type MatrixLike, toRowMajor, toVector, type VectorLike } from '../../base/arrays.ts';
import { checkInteger } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { combination, outer } from './square.ts';

/** The moments of a network of linear neurons φ(x) = Zx that close under a step (docs/theory.md section 5.9). */
export interface RegressionMoments {
  /** M = E (1/n)Σ x_i, `[p]`. */
  readonly mean: Float64Array;
  /** S = E (1/n)Σ x_i x_iᵀ, `[p, p]`. */
  readonly secondMoment: Matrix;
  /** P = E x̄ x̄ᵀ with x̄ = (1/n)Σ x_i, `[p, p]`. */
  readonly squaredMean: Matrix;
}

/** The same as plain row-major arrays: what the recursion works on. */
export interface RegressionState {
  readonly M: Float64Array;
  readonly S: Float64Array;
  readonly P: Float64Array;
}

/** Moments of fixed neurons `[n, p]`, the same in every run. */
export function regressionMomentsOfPoints(points: MatrixLike): RegressionMoments {
  const { data, rows, columns } = toRowMajor('points', points);
  if (rows === 0 || columns === 0) throw new ArgumentError('points', points, 'at least one point of one coordinate');
  const M = new Float64Array(columns);
  const S = new Float64Array(columns * columns);
  for (let i = 0; i < rows; i++) {
    const x = data.subarray(i * columns, (i + 1) * columns);
    x.forEach((value, j) => {
      M[j]! += value / rows;
    });
    outer(x, x).forEach((value, k) => {
      S[k]! += value / rows;
    });
  }
  return fromState({ M, S, P: outer(M, M) });
}

/** Moments of `width` independent neurons of one law, from that law's mean `[p]` and second moment E xxᵀ `[p, p]`. */
export function regressionMomentsOfIndependentStart(options: {
  readonly width: number;
  readonly mean: VectorLike;
  readonly secondMoment: MatrixLike;
}): RegressionMoments {
  const width = checkInteger('width', options.width, { min: 1 });
  const M = toVector('mean', options.mean);
  const S = squareOf('secondMoment', options.secondMoment, M.length);
  return fromState({ M, S, P: combination([1 / width, S], [(width - 1) / width, outer(M, M)]) });
}

export function toState(name: string, moments: RegressionMoments, p: number): RegressionState {
  return {
    M: toVector(`${name}.mean`, moments.mean, p),
    S: squareOf(`${name}.secondMoment`, moments.secondMoment, p),
    P: squareOf(`${name}.squaredMean`, moments.squaredMean, p),
  };
}

export function fromState({ M, S, P }: RegressionState): RegressionMoments {
  return {
    mean: M,
    secondMoment: asMatrix(S, M.length, M.length),
    squaredMean: asMatrix(P, M.length, M.length),
  };
}

/** A symmetric `[p, p]` matrix; the recursion relies on the symmetry. */
function squareOf(name: string, value: MatrixLike, p: number): Float64Array {
  const { data, rows, columns } = toRowMajor(name, value);
  if (rows !== p || columns !== p) throw new ArgumentError(`${name}.shape`, `${rows} x ${columns}`, `${p} x ${p}`);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < i; j++) {
      const [below, above] = [data[i * p + j]!, data[j * p + i]!];
      if (Math.abs(below - above) > 1e-9 * (Math.abs(below) + Math.abs(above)))
        throw new ArgumentError(`${name}[${i}][${j}]`, below, `equal to its mirror image ${above}`);
    }
  return data;
}
