import {
  confidenceInterval,
  type ErrorEstimates,
  fitPowerLaw,
  type NoPowerLaw,
  type PowerLaw,
  type RateTerm,
  rateClaim,
  rulingTerms,
} from '../../convergence/index.ts';
import type { ClaimReport, RateReport } from '../../report/types.ts';
import { claimReport } from './claim-report.ts';
import { exponentPower } from './power.ts';

/** An error along the widths, and the terms that theory gives it. */
export interface RateQuestion {
  readonly id: string;
  readonly title: string;
  readonly valueName: string;
  readonly widths: readonly number[];
  readonly estimates: ErrorEstimates;
  readonly terms: readonly RateTerm[];
  /**
   * `atMost` for an error that is a sum of terms of which theory bounds the sum: it falls at least as fast as its ruling term, and
   * faster where another one is larger at the widths at hand. Default `equals`.
   */
  readonly relation?: 'equals' | 'atMost';
  readonly margin: number;
  readonly falseAlarm: number;
}

/** Does an error fall with the exponent of its ruling term? */
export function judgeRate(question: RateQuestion): {
  readonly claim: ClaimReport;
  readonly report: RateReport | undefined;
} {
  const { id, title, widths, estimates, terms, margin, falseAlarm, relation = 'equals' } = question;
  const ruling = rulingTerms(terms);
  const fit = fitPowerLaw([...widths], estimates, { confidence: 1 - falseAlarm });
  const claim = rateClaim({
    claim: `${title}: exponent of the width`,
    predicted: ruling.exponent,
    fit,
    margin,
    relation,
    falseAlarm,
  });
  const power = fit.fitted
    ? exponentPower(fit.exponent, { predicted: ruling.exponent, margin, falseAlarm, relation })
    : undefined;
  return {
    claim: {
      ...claimReport(id, claim, power),
      detail: `theory: ${terms.map(({ name }) => name).join(' + ')}, ruled by ${ruling.names.join(' and ')}; ${claim.detail}`,
      plot: id,
    },
    report: rateReport(question, ruling.exponent, fit),
  };
}

function rateReport(
  { id, title, valueName, widths, estimates, falseAlarm }: RateQuestion,
  predictedExponent: number,
  fit: PowerLaw | NoPowerLaw,
): RateReport | undefined {
  if (!fit.fitted) return undefined;
  return {
    id,
    title,
    sizes: widths,
    sizeName: 'width n',
    values: [...estimates.errors],
    valueName,
    standardErrors: [...estimates.standardErrors].map((error) => (Number.isFinite(error) ? error : 0)),
    fit: {
      exponent: fit.exponent.value,
      interval: fit.interval.every(Number.isFinite) ? fit.interval : confidenceInterval(fit.exponent, 1 - falseAlarm),
      prefactor: fit.prefactor,
      confidence: 1 - falseAlarm,
    },
    predictedExponent,
  };
}
