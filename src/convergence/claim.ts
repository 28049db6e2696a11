import type { Interval } from './estimate.ts';

export type Verdict = 'holds' | 'fails' | 'undecided';

/** What is claimed of the measured quantity against the predicted one. */
export type Relation = 'equals' | 'atMost' | 'atLeast';

/** A prediction held against a measurement. A plain value: it survives JSON. */
export interface Claim {
  /** What is claimed, in the caller's words. */
  readonly claim: string;
  readonly predicted: number;
  readonly relation: Relation;
  readonly measured: number;
  /** Confidence interval of the measured quantity, at confidence 1 − falseAlarm. */
  readonly interval: Interval;
  /** How far from `predicted` the quantity may be for the claim to count as true. */
  readonly margin: number;
  /** The probability that a true claim is said to fail, at most. */
  readonly falseAlarm: number;
  /** The probability that a false claim is said to hold, at most. */
  readonly miss: number;
  readonly verdict: Verdict;
  /** `verdict === 'holds'`: an undecided claim does not hold. */
  readonly holds: boolean;
  /** For an undecided claim: the factor on all replicates that would probably decide it. */
  readonly factor?: number;
  /** The same in words, for an undecided claim. */
  readonly needs?: string;
  /** How the verdict came about. */
  readonly detail: string;
}
