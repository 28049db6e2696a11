import type { PhaseId } from '../../dropout/phase/phase.ts';
import type { VerifyReport } from '../../report/types.ts';
import type { Executor } from '../executor/executor.ts';
import type { Experiment } from '../experiment.ts';

/** What `verify` may be asked besides the experiment. */
export interface VerifyOptions {
  /** Default: all five. */
  readonly phases?: readonly PhaseId[] | undefined;
  /** Increasing. Default: chosen by `verify`. */
  readonly widths?: readonly number[] | undefined;
  /** Default: the experiment's. */
  readonly seed?: number | undefined;
  /** Runs the cells. */
  readonly executor: Executor;
  /** Called with the fraction done, in [0, 1], and what is at work. */
  readonly progress?: ((fraction: number, label: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Checks the predictions of the theory on an experiment. Rejects with `signal.reason` when aborted. */
export type Verify = (experiment: Experiment, options: VerifyOptions) => Promise<VerifyReport>;
