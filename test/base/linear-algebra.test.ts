import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cholesky,
  choleskyPivots,
  leastSquares,
  solve,
  solvePositiveDefinite,
  symmetricEigenvalues,
} from '../../src/base/linear-algebra.ts';

const square = (n: number) =>
  fc
    .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: n * n, maxLength: n * n })
    .map(Float64Array.from.bind(Float64Array));
const sized = fc.integer({ min: 1, max: 7 }).chain((n) => square(n).map((a) => ({ n, a: a as Float64Array })));

function gram(a: Float64Array, n: number, ridge: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = i === j ? ridge : 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k]! * a[j * n + k]!;
      out[i * n + j] = sum;
    }
  return out;
}

function times(a: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  return Float64Array.from({ length: a.length / n }, (_, i) => x.reduce((s, v, j) => s + a[i * n + j]! * v, 0));
}

const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThanOrEqual(tolerance);
};

describe('linear algebra', () => {
  it('pivots are the rows that span the others best, and stop at the rank', () => {
    // Gram matrix of (1, 0), (3, 0), (0, 2), (3, 0.1).
    const vectors = [
      [1, 0],
      [3, 0],
      [0, 2],
      [3, 0.1],
    ] as const;
    const gram = Float64Array.from(vectors.flatMap((a) => vectors.map((b) => a[0] * b[0] + a[1] * b[1])));
    expect(choleskyPivots(gram, 4, 4)).toEqual([3, 2]);
    expect(choleskyPivots(gram, 4, 1)).toEqual([3]);
    expect(choleskyPivots(new Float64Array(4), 2, 2)).toEqual([]);
  });

  it('cholesky factors a positive definite matrix, and refuses any other', () => {
    fc.assert(
      fc.property(sized, ({ n, a }) => {
        const matrix = gram(a, n, 0.1);
        const lower = cholesky(matrix, n)!;
        close(gram(lower, n, 0), matrix, 1e-12 * n * 70);
      }),
      { seed: 1 },
    );
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
    expect(cholesky(Float64Array.of(1, 1, 1, 1), 2)).toBeUndefined();
  });

  it('solves what it multiplied', () => {
    fc.assert(
      fc.property(sized, ({ n, a }) => {
        const matrix = gram(a, n, 0.5);
        const x = Float64Array.from({ length: n }, (_, i) => i - 1.5);
        close(solvePositiveDefinite(matrix, times(matrix, x))!, x, 1e-10);
        close(solve(matrix, times(matrix, x))!, x, 1e-10);
      }),
      { seed: 2 },
    );
    // a zero pivot needs the row exchange
    close(solve(Float64Array.of(0, 2, 1, 0), Float64Array.of(4, 3))!, [3, 2], 0);
    expect(solve(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1))).toBeUndefined();
  });

  it('finds symmetric eigenvalues', () => {
    // numpy.linalg.eigvalsh of the 5 × 5 Hilbert matrix (condition 5e5), to the accuracy of Jacobi
    const hilbert = Float64Array.from({ length: 25 }, (_, k) => 1 / (1 + Math.floor(k / 5) + (k % 5)));
    close(
      symmetricEigenvalues(hilbert, 5),
      [3.287928772175e-6, 3.058980401511e-4, 1.140749162342e-2, 2.08534218611e-1, 1.567050691098],
      5e-13,
    );
    // the discrete Laplacian has eigenvalues 2 - 2 cos(kπ/(n + 1))
    const n = 12;
    const laplacian = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      laplacian[i * n + i] = 2;
      if (i > 0) laplacian[i * n + i - 1] = laplacian[(i - 1) * n + i] = -1;
    }
    const exact = Float64Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)));
    close(symmetricEigenvalues(laplacian, n), exact, 1e-14);
    fc.assert(
      fc.property(sized, ({ n, a }) => {
        const values = symmetricEigenvalues(gram(a, n, 0), n);
        const trace = gram(a, n, 0).reduce((s, v, i) => s + (i % (n + 1) === 0 ? v : 0), 0);
        close([values.reduce((s, v) => s + v, 0)], [trace], 1e-11);
        expect(values[0]!).toBeGreaterThan(-1e-11);
      }),
      { seed: 3 },
    );
  });

  it('fits by least squares', () => {
    // numpy.polyfit([0, 1, 2, 3, 5], [1, 0.5, 2, 4, 3], 1) and numpy.linalg.inv(X.T @ X)
    const x = Float64Array.from([0, 1, 2, 3, 5].flatMap((v) => [1, v]));
    const fit = leastSquares(x, Float64Array.of(1, 0.5, 2, 4, 3), 2)!;
    close(fit.coefficients, [0.8513513513513514, 0.5675675675675675], 1e-14);
    close(fit.covariance, [0.527027027027027, -0.14864864864864866, -0.14864864864864866, 0.06756756756756757], 1e-15);
    expect(fit.residualSumOfSquares).toBeCloseTo(127 / 37, 12);
    expect(leastSquares(Float64Array.of(1, 1, 1, 1, 1, 1), Float64Array.of(1, 2, 3), 2)).toBeUndefined();
    expect(leastSquares(Float64Array.of(1, 1), Float64Array.of(1), 2)).toBeUndefined();
  });
});
