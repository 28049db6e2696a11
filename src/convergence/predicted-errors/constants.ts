import type { PhaseId } from '../../dropout/index.ts';

/** A finite network of the pilots. */
export interface Pilot {
  readonly width: number;
  /** Mean-field time a step. */
  readonly learningRate: number;
  readonly keepRate: number;
}

/** The phases that a limit neuron can be coupled to on its own clock. */
export type CoupledPhaseId = Exclude<PhaseId, 'penalized-jump'>;

/** A constant in front of one term of docs/theory.md section 4.4, in units of the predictions, and its standard error. */
export interface ErrorConstant {
  readonly value: number;
  readonly standardError: number;
}

/** What one independent batch of pilots measured; vectors have one entry a training input (m). */
export interface PilotBatch {
  /** Jumps for a flow without penalty, in units of τ/q. */
  readonly jump: readonly number[];
  /** Jumps for a flow with the penalty, in units of τ/q. */
  readonly jumpPenalized: readonly number[];
  /** The penalty left out, in units of λ_n. */
  readonly penalty: readonly number[];
  /** Steps for continuous time, in units of τ. */
  readonly step: readonly number[];
  /** What is left in units of 1/n: the finite width. */
  readonly width: readonly number[];
  /** n Var F of the pilots of `ErrorConstants.fluctuationPilots`, ν-weighted. */
  readonly fluctuation: readonly number[];
  /** Mean path errors of the pilots of `TaskErrorConstants.pathPilots`. */
  readonly path: Readonly<Record<CoupledPhaseId, readonly number[]>>;
}

/**
 * Everything that pilots found out about a task, as plain JSON: `predictedErrors` makes forecasts of it. They are best for networks like
 * the one the pilots were designed for: the constants are those at its τ/q and λ_n.
 */
export interface TaskErrorConstants {
  /** Mean-field time at which errors are predicted. */
  readonly horizon: number;
  /** ν (m): the weights in norms of predictions. */
  readonly weights: readonly number[];
  /** τ/q at which the constants were estimated. */
  readonly jumpSize: number;
  /** λ_n of the penalty whose effect was measured. */
  readonly penalty: number;
  readonly fluctuationPilots: readonly Pilot[];
  readonly pathPilots: Readonly<Record<CoupledPhaseId, readonly Pilot[]>>;
  readonly batches: readonly PilotBatch[];
  /** The constants as numbers: norms of the vectors, for reading and for `classifyNetwork`. */
  readonly constants: Readonly<Record<'fluctuation' | 'width' | 'jump' | 'step' | 'penalty', ErrorConstant>>;
}
