import type { VectorLike } from '../../base/arrays.ts';
import type { Outcome } from '../../base/outcome.ts';
import type { Measure } from '../../measure/index.ts';
import type { Stream } from '../../random/index.ts';
import type { LawObservables } from './observables.ts';
import type { Representation } from './representation.ts';
import type { TimeScheme } from './time-scheme.ts';

/** Options of `solveDistribution`. Times are mean-field time. */
export interface SolveDistributionOptions {
  /** The end; in the Bernoulli phase rounded to a whole number of steps. */
  readonly horizon: number;
  /** In what form the law is held: `characteristics`, `grid`, `splitAndCompress` or `arrayRqmc`. Default: by phase and p. */
  readonly representation?: Representation;
  /** Default: by representation, see DISTRIBUTION_SCHEMES; steps of at most 0.05. Left out for Bernoulli jumps, which are a map. */
  readonly time?: Partial<TimeScheme>;
  /** Times to save at, increasing, in [0, horizon]; they are hit exactly. Default none: `final` has the end. */
  readonly saveAt?: VectorLike;
  /** Whether saved laws carry their measure (of the first replicate). `final` always does. Default false. */
  readonly measures?: boolean;
  /** Penalized jumps on a grid or split: quasi-random partner sums in each pushforward; a power of two. Default 64. */
  readonly partnerPoints?: number;
  /**
   * Independent runs of a method that draws numbers; results are their means. Default 8, and 4 where only partners are drawn.
   * Deterministic methods run once.
   */
  readonly replicates?: number;
  /** Whether to solve again at half the resolution, in time and in space, for an error estimate. Default true: twice the work. */
  readonly estimateError?: boolean;
  /** Needed where numbers are drawn; its name fixes the result. */
  readonly rng?: Stream;
  /** Called with the fraction done, in [0, 1], at most about a hundred times. */
  readonly progress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
  /** Throw a `RunError` unless the outcome is `completed`. Default false. */
  readonly throwOnFailure?: boolean;
}

/** Estimated errors of the observables, number by number, none negative. */
export interface LawErrors {
  /** From a run with twice the step: the difference over 2^order − 1. Absent for Bernoulli jumps, which have no error in time. */
  readonly time?: LawObservables;
  /** From a run with half the cells (an axis), nodes or atoms: the whole difference. Absent for random particles. */
  readonly space?: LawObservables;
  /** Standard error over replicates: of random nodes, jumps and partners. Absent if nothing is random, or for one replicate. */
  readonly random?: LawObservables;
  /** The sum of those there are. */
  readonly total: LawObservables;
}

/** The law at one time. */
export interface SavedLaw extends LawObservables {
  readonly time: number;
  /** μ itself. */
  readonly measure?: Measure;
  /** Absent if it was not asked for, or cannot be had. */
  readonly error?: LawErrors;
}

/** The solution of an evolution equation. */
export interface DistributionSolution {
  readonly outcome: Outcome;
  /** Times of `saved`: those of saveAt that were reached by all replicates. */
  readonly times: Float64Array;
  readonly saved: readonly SavedLaw[];
  /** The law at `outcome.time`. */
  readonly final: SavedLaw;
  /** What was used. */
  readonly representation: Representation;
  /** Of Bernoulli jumps the step is that of the clock, and the scheme means nothing. */
  readonly time: TimeScheme;
  readonly replicates: number;
}
