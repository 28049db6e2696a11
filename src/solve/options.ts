import type { Matrix, MatrixLike, VectorLike } from '../base/arrays.ts';
import type { Outcome } from '../base/outcome.ts';
import type { BrownianSource } from '../process/noise/brownian.ts';
import type { PoissonClocks } from '../process/noise/poisson.ts';
import type { Stream } from '../random/stream.ts';
import type { Counters, Scheme } from '../scheme/scheme.ts';
import type { SolveEvent } from './event.ts';
import type { Save } from './snapshot.ts';

/** The start: particles as rows, or a number of particles and a law to draw them from (an `InitialLaw` is one). */
export type Initial =
  | MatrixLike
  | {
      readonly count: number;
      readonly law: { sampleInto(rng: Stream, count: number, out: Float64Array): void };
    };

/** Where the randomness comes from; see `SolveOptions.noise`. */
export interface NoiseSources {
  readonly brownian?: BrownianSource;
  readonly clocks?: PoissonClocks;
}

/** Options of `solve`. Times are mean-field time throughout. */
export interface SolveOptions<T = undefined> {
  readonly initial: Initial;
  /** Start time. Default 0. */
  readonly from?: number;
  /** End time. */
  readonly until: number;
  readonly scheme: Scheme;
  /** Times to save at, increasing, within [from, until]; they are hit exactly. Default: none. */
  readonly saveAt?: VectorLike;
  /** What to save at them. Default: nothing is saved, `final` has the end. */
  readonly save?: Save<T>;
  /** Needed by everything random; its name fixes the run. */
  readonly rng?: Stream;
  /**
   * `fresh` (default): numbers are drawn as they are needed: fast. `common`: Brownian paths and Poisson clocks are functions of
   * the name of `rng`, so that runs with other schemes, steps and sizes follow the same paths. Or the sources themselves.
   */
  readonly noise?: 'fresh' | 'common' | NoiseSources;
  /** Conditions that are watched. Default none. */
  readonly events?: readonly SolveEvent[];
  /** Called with the fraction done, in [0, 1], at most about a hundred times. */
  readonly progress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
  /** Ends the run as `failed` beyond this many steps. Default Infinity. */
  readonly maxSteps?: number;
  /** Keep an interpolant of every step for `Solution.at`: memory grows with the steps. Default false. */
  readonly dense?: boolean;
  /** Bytes of a checkpoint of the same problem: continue from there. */
  readonly resume?: Uint8Array;
  /** Write a checkpoint every `every` steps. */
  readonly checkpoint?: { readonly every: number; readonly write: (bytes: Uint8Array) => void };
  /** Throw a `RunError` unless the outcome is `completed` or `terminated`. Default false. */
  readonly throwOnFailure?: boolean;
}

/** What a run gives. */
export interface Solution<T = undefined> {
  readonly outcome: Outcome;
  /** The times of `saved`: those of saveAt that were reached. */
  readonly times: Float64Array;
  readonly saved: T[];
  /** The cloud at `outcome.time`, `[N, p]`. */
  readonly final: Matrix;
  /** Its mean-field statistic, m numbers. */
  readonly finalStatistic: Float64Array;
  /** What the run did: steps, events, rejected steps, … */
  readonly statistics: Readonly<Counters>;
  /** State at any time that was passed, `[N, p]`; with `dense: true`. */
  at?(time: number): Matrix;
  /** The run so far as bytes, to be continued by `resume`. */
  checkpoint(): Uint8Array;
}
