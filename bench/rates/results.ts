import type { RateTerm } from '../../src/convergence/index.ts';
import type { Phase, PhaseId } from '../../src/dropout/index.ts';
import type { Budget } from './plans.ts';
import type { TaskName } from './tasks.ts';

/** Everything that was measured: what docs/rates.json holds, and the page and its pictures are made from. */
export interface Results {
  readonly format: 'meanfield-rates';
  readonly formatVersion: 1;
  readonly version: string;
  readonly createdAt: string;
  readonly budget: Budget;
  readonly seed: number;
  /** Of the runs that the plans were chosen on. */
  readonly pilotSeed: number;
  readonly threads: number;
  readonly seconds: number;
  readonly rows: number;
  readonly experiments: readonly ExperimentResult[];
  readonly variants: readonly VariantResult[];
}

/** One phase on one task. */
export interface ExperimentResult {
  readonly phase: Phase;
  readonly task: TaskName;
  readonly timeUnit: number;
  readonly horizon: number;
  readonly scaling: string;
  readonly reference: { readonly clouds: number; readonly particles: number };
  readonly errors: readonly ErrorResult[];
  /** The root mean square path error. */
  readonly meanSquarePath: ErrorResult;
}

export const ERROR_NAMES = ['path', 'fluctuation', 'bias'] as const;
export type ErrorName = (typeof ERROR_NAMES)[number];

/** A number with its standard error. */
export interface Measured {
  readonly value: number;
  readonly standardError: number;
}

/** An error along the widths. */
export interface ErrorResult {
  readonly error: ErrorName;
  readonly widths: readonly number[];
  readonly replicates: readonly number[];
  readonly values: readonly number[];
  readonly standardErrors: readonly number[];
  /** The terms of theory, and the exponent of the one that rules. */
  readonly terms: readonly RateTerm[];
  readonly predicted: number;
  readonly ruling: readonly string[];
  readonly margin: number;
  /** One power law; undefined, with the reason, where none could be fitted. */
  readonly fit?: FitResult;
  readonly noFit?: string;
  /** The leading exponent if a second term falls with a given one. */
  readonly leading?: LeadingResult;
  readonly verdict: Verdict;
}

export interface FitResult {
  readonly exponent: number;
  /** 95 %. */
  readonly interval: readonly [number, number];
  readonly prefactor: number;
  readonly prefactorInterval: readonly [number, number];
  /** P-values of "the log–log curve is straight" and of "the residuals are noise". */
  readonly curvature?: number;
  readonly lackOfFit?: number;
}

export interface LeadingResult {
  /** Of the next term. */
  readonly next: number;
  /** The leading exponent as a free number: the best one, and those that 95 % confidence leaves. */
  readonly exponent: number;
  readonly interval: readonly [number, number];
  /** With the leading exponent as predicted: both prefactors, the share of the first at the smallest and the largest width, and the fit's p-value. */
  readonly prefactors: readonly [Measured, Measured];
  readonly share: readonly [number, number];
  readonly pValue: number;
  /** Whether errors or their squares were added up. */
  readonly combine: 'sum' | 'squares';
}

/**
 * `as predicted`: the interval lies within the margin of the predicted exponent. `faster`: below it. `slower`: above it, which would
 * contradict the table. `undecided`: neither. `with second term`: not by one power law, but by the leading exponent of two.
 */
export type Verdict = 'as predicted' | 'with second term' | 'faster' | 'slower' | 'undecided';

/** Mean predictions of a variant with forward noise, less those of the variant without, on the same starts and masks. */
export interface VariantResult {
  readonly task: TaskName;
  readonly variant: string;
  readonly against: string;
  readonly scaling: string;
  readonly widths: readonly number[];
  readonly replicates: readonly number[];
  /** Norms of the mean difference. */
  readonly values: readonly number[];
  readonly standardErrors: readonly number[];
  readonly fit?: FitResult;
  readonly noFit?: string;
}

export function experimentOf(results: Results, id: PhaseId, task: TaskName): ExperimentResult | undefined {
  return results.experiments.find(
    (each) => each.phase.id === id && each.task.activation === task.activation && each.task.loss === task.loss,
  );
}

/** The results as JSON, whose numbers are finite: the open ends of intervals are strings. */
export function resultsText(results: Results): string {
  const plain = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return `${JSON.stringify(results, plain, 1)}\n`;
}

export function readResults(text: string): Results {
  const revive = (_: string, value: unknown) =>
    value === 'Infinity' || value === '-Infinity' || value === 'NaN' ? Number(value) : value;
  return JSON.parse(text, revive) as Results;
}
