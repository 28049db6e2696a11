import type { Matrix } from '../../base/arrays.ts';
import { assemble } from '../../convergence/error-estimates.ts';
import { varianceDegrees } from '../../convergence/fluctuations.ts';
import { type ErrorEstimates, RunningMoments } from '../../convergence/index.ts';
import { coefficients, combined } from './controlled.ts';
import { centredRows, inner, meanRow, row, subtract } from './rows.ts';

/** Replicates with control variates whose covariance is known or estimated. */
export interface ControlledSample {
  /** `[R, m]`. */
  readonly rows: Matrix;
  /** `[R, k]`. */
  readonly controls: Matrix;
  /** The covariance of one replicate's controls, `[k, k]`, or independent estimates of it, whose scatter tells the error of their mean. */
  readonly covariances: readonly Float64Array[];
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
  samples.forEach(({ rows, controls, covariances }, i) => {
    const R = rows.shape[0]!;
    const k = controls.shape[1]!;
    const beta = coefficients(rows, controls);
    const explained = combined(centredRows(controls), beta, weights.length);
    const mean = meanRow(rows);
    const moments = new RunningMoments();
    for (let r = 0; r < R; r++) {
      const apart = subtract(row(rows, r), mean);
      const known = row(explained, r);
      moments.add((R / (R - 1)) * (inner(apart, apart, weights) - inner(known, known, weights)));
    }
    const expected = new RunningMoments();
    for (const covariance of covariances) expected.add(expectedSquare(beta, covariance, k, weights));
    values[i] = moments.mean + expected.mean;
    const spread = (R - 1) ** 2 / ((R - 2) * (R - k - 2));
    const own = (spread * moments.variance) / R;
    const ofLaw = covariances.length > 1 ? expected.variance / covariances.length : 0;
    covariance[i * size + i] = own + ofLaw;
    degrees[i] =
      (own + ofLaw) ** 2 / (own ** 2 / varianceDegrees(moments) + ofLaw ** 2 / Math.max(1, covariances.length - 1));
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
