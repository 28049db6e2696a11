import type { Matrix } from '../../base/arrays.ts';
import { assemble } from '../../convergence/error-estimates.ts';
import { varianceDegrees } from '../../convergence/fluctuations.ts';
import { type ErrorEstimates, RunningMoments } from '../../convergence/index.ts';
import { coefficients, combined } from './controlled.ts';
import { inner, meanRow, row, subtract } from './rows.ts';

/** Replicates with control variates of mean 0 whose covariance is known. */
export interface ControlledSample {
  readonly rows: Matrix;
  readonly controls: Matrix;
  /** Of one replicate's controls, `[k, k]`. */
  readonly covariance: Float64Array;
  /** Independent estimates of their mean (0) and covariance, of which `covariance` is the mean: their scatter tells its error. Left out if it is exact. */
  readonly pieces?: readonly { readonly mean: Float64Array; readonly covariance: Float64Array }[];
}

/**
 * As `fluctuations`, with control variates: Y_r = ‖F_r − F̄‖² R/(R − 1) less ‖X_r β‖², whose mean tr βᵀΣβ is known, where β are the
 * coefficients of F on the controls X. That the same replicates give β takes as much from the first as it adds to
 * the last, to order 1/R (docs/theory.md 11.1).
 */
export function controlledFluctuations(samples: readonly ControlledSample[], weights: Float64Array): ErrorEstimates {
  const size = samples.length;
  const values = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  const degrees = new Float64Array(size);
  samples.forEach(({ rows, controls, covariance: law, pieces = [] }, i) => {
    const R = rows.shape[0]!;
    const k = controls.shape[1]!;
    const beta = coefficients(rows, controls);
    const explained = combined(controls, beta, weights.length);
    const mean = meanRow(rows);
    const expected = expectedSquare(beta, law, k, weights);
    const moments = new RunningMoments();
    for (let r = 0; r < R; r++) {
      const apart = subtract(row(rows, r), mean);
      const known = row(explained, r);
      moments.add((R / (R - 1)) * inner(apart, apart, weights) - inner(known, known, weights) + expected);
    }
    values[i] = moments.mean;
    const spread = (R - 1) ** 2 / ((R - 2) * (R - k - 2));
    const expectations = new RunningMoments();
    for (const piece of pieces) expectations.add(expectedSquare(beta, piece.covariance, k, weights));
    const ofLaw = pieces.length > 1 ? expectations.variance / pieces.length : 0;
    const own = (spread * moments.variance) / R;
    covariance[i * size + i] = own + ofLaw;
    degrees[i] =
      (own + ofLaw) ** 2 / (own ** 2 / varianceDegrees(moments) + ofLaw ** 2 / Math.max(1, pieces.length - 1));
  });
  const replicates = Float64Array.from(samples, ({ rows }) => rows.shape[0]!);
  return assemble(2, values, covariance, degrees, undefined, { replicates });
}

/** tr βᵀΣβ in the norm of the weights. */
function expectedSquare(beta: Float64Array, covariance: Float64Array, k: number, weights: Float64Array): number {
  const m = weights.length;
  let sum = 0;
  for (let a = 0; a < k; a++)
    for (let b = 0; b < k; b++) {
      const product = inner(beta.subarray(a * m, (a + 1) * m), beta.subarray(b * m, (b + 1) * m), weights);
      sum += covariance[a * k + b]! * product;
    }
  return sum;
}
