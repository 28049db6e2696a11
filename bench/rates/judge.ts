import {
  type ErrorEstimates,
  fitPowerLaw,
  type NoPowerLaw,
  type PowerLaw,
  type RateTerm,
  rulingTerms,
} from '../../src/convergence/index.ts';
import { leadingExponent } from './leading-exponent.ts';
import type { ErrorName, ErrorResult, FitResult, LeadingResult, Verdict } from './results.ts';

/** Half the distance between neighbouring rates: path errors fall like n^(-1/4) or n^(-1/2), a bias like n^(-1/2) or n^(-1). */
const MARGINS: Readonly<Record<ErrorName, number>> = { path: 0.125, fluctuation: 0.125, bias: 0.25 };
/** A curve is bent if straightness has a smaller p-value. */
const BENT = 0.01;

/** An error, and what theory says about it. */
export interface Question {
  readonly error: ErrorName;
  readonly widths: readonly number[];
  readonly replicates: readonly number[];
  readonly estimates: ErrorEstimates;
  readonly terms: readonly RateTerm[];
  /** The exponent of the term after the ruling one. */
  readonly next: number;
}

export function judge({ error, widths, replicates, estimates, terms, next }: Question): ErrorResult {
  const { exponent: predicted, names: ruling } = rulingTerms(terms);
  const fit = fitPowerLaw([...widths], estimates);
  const combine = error === 'fluctuation' ? 'squares' : 'sum';
  const leading = leadingExponent(widths, estimates, predicted, next, combine);
  const margin = MARGINS[error];
  return {
    error,
    widths,
    replicates,
    values: [...estimates.errors],
    standardErrors: [...estimates.standardErrors].map((each) => (Number.isFinite(each) ? each : 0)),
    terms,
    predicted,
    ruling,
    margin,
    ...fitOf(fit),
    ...(leading ? { leading } : {}),
    verdict: verdictOf(fit, leading, predicted, margin),
  };
}

export function fitOf(fit: PowerLaw | NoPowerLaw): { readonly fit: FitResult } | { readonly noFit: string } {
  if (!fit.fitted) return { noFit: fit.reason };
  const { exponent, interval, prefactor, prefactorInterval, curvature } = fit;
  return {
    fit: {
      exponent: exponent.value,
      interval,
      prefactor,
      prefactorInterval,
      ...(curvature && { curvature: curvature.pValue, lackOfFit: curvature.lackOfFitPValue }),
    },
  };
}

function verdictOf(
  fit: PowerLaw | NoPowerLaw,
  leading: LeadingResult | undefined,
  predicted: number,
  margin: number,
): Verdict {
  if (!fit.fitted) return 'undecided';
  const within = ([low, high]: readonly [number, number]) => low >= predicted - margin && high <= predicted + margin;
  const bent = fit.curvature !== undefined && Math.min(fit.curvature.pValue, fit.curvature.lackOfFitPValue) < BENT;
  if (within(fit.interval) && !bent) return 'as predicted';
  // The prediction may be the leading term of two: then it fits, and both exponents are known well enough.
  if (leading && leading.pValue >= BENT && within(leading.interval)) return 'with second term';
  if (fit.interval[1] < predicted + margin) return fit.interval[1] < predicted - margin ? 'faster' : 'undecided';
  return fit.interval[0] > predicted + margin ? 'slower' : 'undecided';
}
