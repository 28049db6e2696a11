import type { Matrix, MatrixLike, VectorLike } from '../../base/arrays.ts';
import type { Outcome } from '../../base/outcome.ts';
import type { Team } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import type { Variant } from '../variant.ts';

/** The network at a moment that is saved. Read only; arrays are reused for the next moment. */
export interface TrainSnapshot {
  /** Mean-field time, step · τ. */
  readonly time: number;
  readonly step: number;
  /** `[n, p]` row-major, live: copy what you keep. */
  readonly particles: Float64Array;
  readonly width: number;
  /** F(μⁿ) at the training inputs, length m; computed when asked for, O(nmp). */
  predictions(): Float64Array;
}

/** Options of `train`. */
export interface TrainOptions<T = undefined> {
  /** n ≥ 1. May be left out when the start is fixed (`start`, or a task whose initial law is fixed points). */
  readonly width?: number;
  /** τ > 0, mean-field time a step. */
  readonly learningRate: number;
  /** q in (0, 1]. */
  readonly keepRate: number;
  /** Default `dropout`. */
  readonly variant?: Variant;
  /** Samples of a step, drawn uniformly without replacement; 1 … m. Default m: full batch. */
  readonly batchSize?: number;
  /** The number of steps; or give `horizon`. */
  readonly steps?: number;
  /** Mean-field time; the run makes round(horizon/τ) steps of exactly τ. */
  readonly horizon?: number;
  /** The start `[n, p]`. Default: drawn from the task's initial law, or its fixed points. */
  readonly start?: MatrixLike;
  /** Names the run: start, masks and batches are drawn from streams split from it. */
  readonly rng: Stream;
  /** Times to save at, increasing, in [0, steps · τ]; each is moved to the nearest step. Default none. */
  readonly saveAt?: VectorLike;
  /** What to save at them. */
  readonly save?: (snapshot: TrainSnapshot) => T;
  /**
   * Threads that share the work of every step where that pays, to the same bits (`startTeam` of `meanfield/experiment`). Not
   * for custom neurons. The particles of the result then lie in shared memory. Default: the calling thread alone.
   */
  readonly team?: Team;
  /** Called with the fraction done in [0, 1], at most about a hundred times. */
  readonly progress?: (fraction: number) => void;
  /** Ends the run as `aborted`. `train` sees it between steps, so only code that runs within it (a callback) can fire it; `trainAsync` lets others in. */
  readonly signal?: AbortSignal;
  /** Throw a `RunError` unless the run completed. Default false. */
  readonly throwOnFailure?: boolean;
}

/** What a run of training gives. */
export interface TrainResult<T = undefined> {
  readonly outcome: Outcome;
  /** The times of `saved`: multiples of τ. */
  readonly times: Float64Array;
  readonly saved: T[];
  /** The particles at `outcome.time`, `[n, p]`. A diverged run stops before it would write a number that is not finite. */
  readonly particles: Matrix;
  /** F(μⁿ) at `outcome.time`, length m; empty if the run diverged. */
  readonly predictions: Float64Array;
  /** Wall time of the steps alone, without set-up and saving. */
  readonly seconds: number;
}
