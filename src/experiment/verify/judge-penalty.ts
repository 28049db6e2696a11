import type { Matrix } from '../../base/arrays.ts';
import { decideClaim, undecidedClaim } from '../../convergence/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { ClaimReport } from '../../report/types.ts';
import { claimReport } from './claim-report.ts';
import type { Measurements, ReferenceSample } from './measurements.ts';
import { constantPower } from './power.ts';
import { difference, endOf, inner, meanRow, row, subtract } from './rows.ts';

/** How far the measured effect of the penalty may be from the predicted one, relatively. */
const PENALTY_MARGIN = 0.15;

/**
 * At the largest width, the mean predictions of dropout and of random geometry differ as their limits do: the projection of the
 * one difference on the other, divided by its squared norm, is 1.
 */
export function penaltyClaim(
  task: LearningTask,
  measured: Measurements,
  unpenalized: ReferenceSample,
  gap: Matrix,
  falseAlarm: number,
): ClaimReport {
  const { weights } = task;
  const m = weights.length;
  const [with_, without] = [endOf(measured.reference, m), endOf(unpenalized, m)];
  const effect = subtract(meanRow(with_), meanRow(without));
  const norm = inner(effect, effect, weights);
  const along = (rows: Matrix): number[] =>
    Array.from({ length: rows.shape[0]! }, (_, r) => inner(row(rows, r), effect, weights) / norm);
  const own = meanAndError(along(gap));
  const ratio = own.mean;
  // The ratio's derivative in the effect, at a gap equal to it, is -⟨effect, ·⟩/norm.
  // Clouds of the same number share their start: what counts is the noise of their difference.
  const shared = meanAndError(along(difference(with_, without)));
  const title = 'dropout differs from random geometry by the penalty: measured effect over predicted';
  const options = { claim: title, predicted: 1, margin: PENALTY_MARGIN, falseAlarm };
  const variance = own.variance + shared.variance;
  const noise = Math.sqrt(variance);
  const degrees = variance ** 2 / (own.variance ** 2 / own.degrees + shared.variance ** 2 / shared.degrees);
  const estimate = { value: ratio, standardError: noise, degrees };
  const measurable = noise < 0.5;
  const claim = measurable
    ? decideClaim({ ...options, estimate })
    : undecidedClaim({
        ...options,
        reason: 'the penalty has no measurable effect on the predictions',
        factor: (noise / 0.04) ** 2,
      });
  return {
    ...claimReport('random-geometry-differs', claim, measurable ? constantPower(estimate, options) : undefined),
    detail: `at width ${measured.scenario.widths.at(-1)}; the penalty moves predictions by ${Math.sqrt(norm).toPrecision(3)} (norm); ${claim.detail}`,
  };
}

/** The mean of some numbers, and the variance of that. */
function meanAndError(values: readonly number[]): { mean: number; variance: number; degrees: number } {
  const degrees = values.length - 1;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / degrees / values.length, degrees };
}
