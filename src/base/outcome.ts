/**
 * How a run ended. `completed`: the end time was reached. `diverged`: a state stopped being finite.
 * `aborted`: the caller's AbortSignal fired. `stepTooSmall`: an adaptive step underflowed.
 * `failed`: the user's coefficient broke its contract, e.g. a rate above its declared bound.
 * `terminated`: an event asked for the end.
 */
export type OutcomeCode = 'completed' | 'terminated' | 'diverged' | 'aborted' | 'stepTooSmall' | 'failed';

/** The end of a run, as data. Times are mean-field time. */
export interface Outcome {
  readonly code: OutcomeCode;
  /** The time that was reached. */
  readonly time: number;
  /** The number of steps (or events) that were made. */
  readonly steps: number;
  /** One sentence: what happened, and what to do about it. Empty for `completed`. */
  readonly message: string;
}

/** Thrown by `throwOnFailure`, with the outcome of the run. */
export class RunError extends Error {
  override readonly name = 'RunError';

  constructor(readonly outcome: Outcome) {
    super(`${outcome.code} at time ${outcome.time} after ${outcome.steps} steps: ${outcome.message}`);
  }
}
