import type { Checkpointable } from '../base/bytes.ts';
import type { Calculus, NoiseShape } from '../process/coefficients.ts';
import type { BrownianSource } from '../process/noise/brownian.ts';
import type { PoissonClocks } from '../process/noise/poisson.ts';
import type { CloudProcess } from '../process/over-cloud.ts';
import type { MeanFieldProcess, ProblemKind } from '../process/process.ts';
import type { Stream } from '../random/stream.ts';

/** What the table says about a scheme. Orders are global orders in the step; `exact` has no time error at all. */
export interface SchemeInfo {
  /** The field's standard name, kebab-case: `euler-maruyama`. */
  readonly name: string;
  readonly problems: readonly ProblemKind[];
  /** Which integral it approximates; absent for schemes that take no diffusion. */
  readonly calculus?: Calculus | 'either';
  /** Shapes of noise it takes; `commutative` is general noise with commuting columns. Absent without diffusion. */
  readonly noise?: readonly (NoiseShape | 'commutative' | 'additive')[];
  readonly steps: 'fixed' | 'adaptive' | 'events';
  /** Order for the limit without noise; null where it means nothing. */
  readonly deterministicOrder: Order;
  /** Order of E|X_h − X| with the same driving noise; null if it has no meaning or none is claimed. */
  readonly strongOrder: Order;
  /** Order of |E g(X_h) − E g(X)|. */
  readonly weakOrder: Order;
  /** How the mean-field statistic is treated: `every stage`, `frozen over a step`, `predicted to the midpoint`, `every event`. */
  readonly meanField: string;
  /** Per step or event, e.g. `1 drift, 1 statistic`. */
  readonly cost: string;
  readonly whenToChoose: string;
  /** Paper or book section. */
  readonly source: string;
}

export type Order = number | 'exact' | null;

/** A way to make steps: a plain value, made by a factory such as `rungeKutta4({ step: 0.01 })`. */
export interface Scheme {
  readonly info: SchemeInfo;
  /** Why it can't solve this process beyond what `info` says, as a phrase that continues "because"; undefined if it can. */
  refuses?(process: MeanFieldProcess): string | undefined;
  start(problem: SteppingProblem): Stepper;
}

/** What a scheme gets to work with. */
export interface SteppingProblem {
  readonly process: CloudProcess;
  /** `[N, p]` row-major. The stepper moves it in place; after `step` it is the state at `stepper.time`. */
  readonly cloud: Float64Array;
  /** start, mean-field time */
  readonly time: number;
  /** end, for schemes that plan ahead */
  readonly until: number;
  /** The scheme's own draws: jump times, marks, partners. */
  readonly rng: Stream;
  /** The Brownian paths, N·noises of them; for processes with a diffusion. */
  readonly brownian: BrownianSource;
  /**
   * Present when Brownian numbers may be drawn in any order: makes an independent source named by `keys`, for schemes that follow
   * particles one by one.
   */
  readonly brownianFor?: (paths: number, ...keys: readonly number[]) => BrownianSource;
  /** Present when jumps are to follow given clocks (common random numbers). */
  readonly clocks?: PoissonClocks;
  /** Return from `step` after every single jump, because someone watches them. Default false: batches are fine. */
  readonly everyEvent?: boolean;
}

/** Counts of what was done, by name: `steps`, `rejected`, `events`, `candidates`, … */
export type Counters = Record<string, number>;

/** A run of a scheme. Fixed steps, adaptive steps and events fit it alike. It throws `StepFailure` to end the run. */
export interface Stepper extends Checkpointable {
  /** The time the cloud is at. */
  readonly time: number;
  readonly counters: Readonly<Counters>;
  /** Advances by one step (or some events), never beyond `limit`; on arrival `time === limit` exactly. */
  step(limit: number): void;
  /** The cloud was changed from outside, or is now to be seen at `time`: forget everything computed from it. */
  reset(time: number): void;
  /** Remembers this moment, replacing the last one remembered; `rewind` goes back to it: cloud, time and draws. */
  mark(): void;
  rewind(): void;
  /**
   * Whether `rewind` and `step` to an earlier limit follow the same path: then `solve` finds the roots of events within a step.
   * If not, an event is found at the end of the step in which it happened.
   */
  readonly repeatable: boolean;
  /** s(μ) of the cloud now, where the scheme keeps it up to date or needs it next (docs/theory.md, section 8.2); its own memory. */
  readonly statistic?: (() => Float64Array) | undefined;
  /** A copy of the interpolant of the last step, where the scheme has one. */
  interpolant?(): Interpolant;
}

/** The state within one step. */
export interface Interpolant {
  readonly from: number;
  readonly to: number;
  /** Writes the state at `time` in [from, to], `[N, p]`. */
  at(time: number, out: Float64Array): void;
}
