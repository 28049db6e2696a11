import type { OutcomeCode } from '../base/outcome.ts';

/**
 * Thrown inside a step to end the run; `solve` turns it into an `Outcome`. Scheme authors throw it for a step that
 * underflows, a rate that is negative, a bound that is exceeded; the evaluation of coefficients throws it for NaN.
 */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';

  constructor(
    readonly code: Exclude<OutcomeCode, 'completed' | 'aborted'>,
    /** mean-field time at which it happened */
    readonly time: number,
    message: string,
  ) {
    super(message);
  }
}
