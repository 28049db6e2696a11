import type { PhaseId } from '../dropout/phase/index.ts';

export type { PhaseId };

/**
 * What `meanfield verify` found, as one plain JSON value: the content of `results.json`, and all that the HTML report and the
 * terminal table are made from. Every number is finite; times are mean-field time.
 */
export interface VerifyReport {
  /** Names the kind of file, so that a reader can tell. */
  readonly format: 'meanfield-verify';
  /** Raised when a key changes its meaning or goes away. */
  readonly formatVersion: 1;
  /** The version of the package that made it. */
  readonly version: string;
  /** The kernels that it was computed with, if other ones give other last bits: `simd-fma`, on a processor that fuses. */
  readonly kernel?: string;
  /** When it was made, ISO 8601. */
  readonly createdAt?: string;
  readonly experiment: ReportExperiment;
  readonly budget: ReportBudget;
  readonly seed: number;
  /** The probability that at least one claim of this report is said to fail although all are true. */
  readonly falseAlarm: number;
  /** How verdicts are reached and with which error probabilities: paragraphs for the reader, printed as they are. */
  readonly decision?: readonly string[];
  readonly phases: readonly PhaseReport[];
  /** True only if every claim of every phase holds: an undecided one does not count as holding. */
  readonly holds: boolean;
}

/** The set-up, as a paper would describe it. */
export interface ReportExperiment {
  /** The experiment file, if it came from one. */
  readonly file?: string;
  readonly data: {
    /** A file name, or `given inputs`, or what the teacher was. */
    readonly source: string;
    /** m, the number of training inputs in use. */
    readonly samples: number;
    /** d, the number of inputs of a neuron, without the bias. */
    readonly inputs: number;
    /** Anything else to tell: the target column, standardization, the subset of rows, the licence. */
    readonly notes?: string;
  };
  readonly network: {
    readonly neuron: string;
    readonly activation?: string;
    readonly bias?: boolean;
    /** p, the number of parameters of one neuron. */
    readonly parameters: number;
  };
  readonly loss: string;
  /** The initial law in words, e.g. `a ~ N(0, 1), b and bias ~ N(0, 1), independent`. */
  readonly initial: string;
  readonly horizon: number;
}

/** What was allowed and what was spent. */
export interface ReportBudget {
  /** Wall time that was allowed, in seconds. */
  readonly seconds?: number;
  /** Wall time that was taken, in seconds. */
  readonly spentSeconds?: number;
  readonly threads?: number;
  readonly widths?: readonly number[];
  /** Independent replicates: one number, or one per width. */
  readonly replicates?: number | readonly number[];
  /** Particles that represent the limit. */
  readonly limitParticles?: number;
}

export interface PhaseReport {
  readonly phase: PhaseId;
  readonly scaling: ReportScaling;
  readonly parameters: PhaseParameters;
  readonly claims: readonly ClaimReport[];
  readonly rates: readonly RateReport[];
  readonly lossCurves?: LossCurves;
  readonly motion?: NeuronMotion;
}

/** τ_n = learningRate0 · n^(−learningRateExponent), q_n = min(1, keepRate0 · n^(−keepRateExponent)). */
export interface ReportScaling {
  readonly learningRateExponent: number;
  readonly keepRateExponent: number;
  readonly learningRate0: number;
  readonly keepRate0: number;
  /** The same in a line, e.g. `τ = n^(−1/2), q = 2 n^(−1/2)`. */
  readonly text: string;
}

/** The parameters of the limit, as far as the phase has them; null or absent otherwise. */
export interface PhaseParameters {
  /** α = τ/q. */
  readonly jumpSize?: number | null;
  /** c = qn. */
  readonly activeCount?: number | null;
  /** τ, where the limit keeps it (Bernoulli jumps). */
  readonly learningRate?: number | null;
  /** q, where the limit keeps it (Bernoulli jumps). */
  readonly keepRate?: number | null;
}

export type Verdict = 'holds' | 'fails' | 'undecided';

export interface ClaimReport {
  /** A stable identifier, e.g. `prediction-fluctuation`. */
  readonly claim: string;
  /** The claim in words. */
  readonly title: string;
  readonly predicted: number;
  /** What is claimed of the measured quantity against `predicted`; `equals` if absent. */
  readonly relation?: 'equals' | 'atMost' | 'atLeast';
  /** Null where it could not be measured: then the claim is undecided. */
  readonly measured: number | null;
  /** A confidence interval of the measured quantity: Monte Carlo error of networks and limit together. An end that the data don't bound is null. */
  readonly interval: readonly [number | null, number | null];
  /** How far from `predicted` the quantity may lie and the claim still hold. */
  readonly margin?: number;
  /** The probability that this claim is said to fail although it is true. */
  readonly falseAlarm?: number;
  readonly verdict: Verdict;
  /** `verdict === 'holds'`. */
  readonly holds: boolean;
  /** For an undecided claim: what it would take, e.g. `about 900 replicates at width 4096 (now 200)`. */
  readonly needs?: string;
  /** Anything the reader should know: the widths used, which term rules, why it fails. */
  readonly detail?: string;
  /** How wrong the prediction could be without this claim failing: absent where that is not known. */
  readonly power?: ClaimPower;
  /** The `id` of the rate of the same phase that shows this claim. */
  readonly plot?: string;
}

/** The nearest wrong values of the measured quantity at which a claim would be said to fail, under the budget that was spent. */
export interface ClaimPower {
  /** With which probability it would. */
  readonly probability: number;
  /** `exponent`: in steps of 0.05. `constant`: a value. `relative`: the relative error of any of the compared numbers. */
  readonly of: 'exponent' | 'constant' | 'relative';
  /** Null on a side where the claim holds whatever the value. */
  readonly below: number | null;
  readonly above: number | null;
}

/** An error measured along growing sizes, and the power law fitted to it. */
export interface RateReport {
  readonly id: string;
  readonly title: string;
  /** Widths, or whatever else grows; positive. */
  readonly sizes: readonly number[];
  /** What the sizes are, e.g. `width n`. */
  readonly sizeName: string;
  /** The error at each size. Values that are not positive can't be shown on a log scale: the chart says how many it left out. */
  readonly values: readonly number[];
  /** What the values are, e.g. `root mean square error of predictions`; the title if absent. */
  readonly valueName?: string;
  /** One standard error of each value; 0 where the value is exact. */
  readonly standardErrors: readonly number[];
  /** value ≈ prefactor · size^exponent (so the exponent of a falling error is negative). */
  readonly fit: {
    readonly exponent: number;
    readonly interval: readonly [number, number];
    readonly prefactor: number;
    /** The confidence level of `interval`, e.g. 0.99. */
    readonly confidence?: number;
    /** The smallest size that entered the fit; all if absent. */
    readonly fromSize?: number;
  };
  /** In the same sign as `fit.exponent`, e.g. −0.5. */
  readonly predictedExponent: number;
}

/** Loss against mean-field time. All arrays have the length of `times`. */
export interface LossCurves {
  readonly times: readonly number[];
  readonly network: {
    readonly width: number;
    readonly replicates?: number;
    readonly median: readonly number[];
    readonly lower: readonly number[];
    readonly upper: readonly number[];
    /** The share of replicates between `lower` and `upper`, e.g. 0.8. */
    readonly coverage?: number;
  };
  readonly limit: readonly number[];
  /** What is drawn; `loss` if absent. */
  readonly name?: string;
}

/** A few neurons of a finite network, and the coupled limit neurons (same start, same clocks), in two of their coordinates. */
export interface NeuronMotion {
  readonly coordinates: readonly [string, string];
  readonly width?: number;
  readonly neurons: readonly {
    readonly network: readonly (readonly [number, number])[];
    readonly limit: readonly (readonly [number, number])[];
  }[];
}
