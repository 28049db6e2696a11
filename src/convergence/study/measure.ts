import type { VectorLike } from '../../base/arrays.ts';
import { biases } from '../biases.ts';
import type { ErrorEstimates } from '../error-estimates.ts';
import { fluctuations } from '../fluctuations.ts';
import { meanErrors } from '../mean-errors.ts';
import { rootMeanSquares } from '../root-mean-squares.ts';

/** Which error of the replicates F a study measures: √E‖F − E F‖², ‖E F − f‖, √E‖F − f‖², or E F of a number F ≥ 0. */
export type StudyMeasure = 'fluctuation' | 'bias' | 'rootMeanSquare' | 'mean';

export const MEASURES: readonly StudyMeasure[] = ['fluctuation', 'bias', 'rootMeanSquare', 'mean'];

/** Replicates as rows, by size, and those of the limit f or its exact value. */
export interface StudyData {
  readonly samples: readonly (readonly number[][])[];
  readonly reference: number[][] | VectorLike | undefined;
  readonly weights: VectorLike | undefined;
}

/** Does the measure need a limit f? */
export function needsReference(measure: StudyMeasure): boolean {
  return measure === 'bias' || measure === 'rootMeanSquare';
}

/** The estimates of one measure. */
export function estimatesOf(measure: StudyMeasure, { samples, reference, weights }: StudyData): ErrorEstimates {
  const options = weights === undefined ? {} : { weights };
  switch (measure) {
    case 'fluctuation':
      return fluctuations(samples, options);
    case 'bias':
      return biases(samples, reference!, options);
    case 'rootMeanSquare':
      return rootMeanSquares(samples, reference!, options);
    case 'mean':
      return meanErrors(samples.map((rows) => rows.map((row) => row[0]!)));
  }
}
