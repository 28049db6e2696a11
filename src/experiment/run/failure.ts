import type { Outcome } from '../../base/outcome.ts';

/** A run of several replicates of which one did not complete. */
export class ReplicateError extends Error {
  override readonly name = 'ReplicateError';

  constructor(
    readonly replicate: number,
    readonly outcome: Outcome,
  ) {
    super(
      `replicate ${replicate} ${outcome.code} at step ${outcome.steps} (time ${outcome.time})${outcome.message === '' ? '' : `: ${outcome.message}`}`,
    );
  }
}
