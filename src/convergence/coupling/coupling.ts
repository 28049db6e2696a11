import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import type { ReferencePath } from './reference-path.ts';

/**
 * Two runs on the same randomness, as a plain value made by a factory (`networkToLimit`, `twoNetworks`, `twoVariants`,
 * `twoWidths`, `twoSteps`, `jumpsToDiffusion`) and run by `couple`. Anything of this form can be coupled.
 */
export interface Coupling {
  readonly name: string;
  /** What the two sides share and what they don't, in a sentence. */
  readonly shared: string;
  start(task: LearningTask, context: CouplingContext): CoupledPair;
}

/** What a coupling is started with. */
export interface CouplingContext {
  /** The end, mean-field time. */
  readonly horizon: number;
  /** Names all randomness of the two sides. */
  readonly rng: Stream;
}

/** One side of a pair. */
export interface CoupledSide {
  /** `[count, p]` row-major, live. */
  readonly particles: Float64Array;
  readonly count: number;
}

/** Two runs under way. */
export interface CoupledPair {
  readonly first: CoupledSide;
  readonly second: CoupledSide;
  /** Rows 0 … pairs - 1 of one side belong to the same rows of the other. */
  readonly pairs: number;
  /** Mean-field time between two moments at which the sides can be compared. */
  readonly tick: number;
  /** How many of them there are until the horizon. */
  readonly ticks: number;
  /** F(μ_t) of the limit, where one side is coupled to it. */
  readonly reference?: ReferencePath | undefined;
  /** Moves both sides on to time `tick · index`; calls come with increasing index. Throws a StepFailure to end the run. */
  advanceTo(index: number): void;
}
