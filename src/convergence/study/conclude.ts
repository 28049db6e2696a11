import { type Bootstrap, bootstrap } from '../bootstrap.ts';
import type { Claim } from '../claim.ts';
import type { ErrorEstimates } from '../error-estimates.ts';
import type { Estimate } from '../estimate.ts';
import { fitPowerLaw, type NoPowerLaw, type PowerLaw } from '../fit-power-law.ts';
import { fitTwoTerms, type TwoTerms } from '../fit-two-terms.ts';
import { localSlopes } from '../local-slopes.ts';
import { short } from '../log-errors.ts';
import { rateClaim } from '../rate-claim.ts';
import { estimatesOf, type StudyData } from './measure.ts';
import type { StudyOptions, StudyPlan } from './options.ts';

/** One measure with its power law. */
export interface Measured {
  readonly estimates: ErrorEstimates;
  readonly fit: PowerLaw | NoPowerLaw;
}

/** What a study found. */
export interface Findings extends Measured {
  /** The exponent between each size and the next, undefined at the noise floor. */
  readonly slopes: readonly (Estimate | undefined)[];
  /** Bias and fluctuation of the same replicates, apart; only where there is a limit to be biased against. */
  readonly apart?: { readonly fluctuation: Measured; readonly bias: Measured };
  /** The bootstrap of the exponent, if resamples were asked for and there is a fit. */
  readonly bootstrap?: Bootstrap;
  /** The fit of two terms, if asked for. */
  readonly terms?: TwoTerms | NoPowerLaw;
  /** The prediction held against the fit, if there is one. */
  readonly claim?: Claim;
  /** One sentence. */
  readonly summary: string;
}

/** @param share - of the error probabilities and of 1 − confidence that this look may spend */
export function conclude(plan: StudyPlan, options: StudyOptions, data: StudyData, share: number): Findings {
  const { measure } = plan;
  const sizes = plan.sizes;
  const confidence = 1 - (1 - (options.confidence ?? 0.95)) * share;
  const { referenceBias } = options;
  const fitOptions = { confidence, ...(referenceBias === undefined ? {} : { referenceBias }) };
  const estimates = estimatesOf(measure, data);
  const fit = fitPowerLaw(sizes, estimates, fitOptions);
  const again = (other: 'fluctuation' | 'bias'): Measured => {
    if (other === measure) return { estimates, fit };
    const own = estimatesOf(other, data);
    return { estimates: own, fit: fitPowerLaw(sizes, own, other === 'bias' ? fitOptions : { confidence }) };
  };
  const apart = data.reference === undefined ? undefined : { fluctuation: again('fluctuation'), bias: again('bias') };
  const { terms, resamples = 0 } = options;
  const combine = measure === 'rootMeanSquare' ? ('squares' as const) : ('sum' as const);
  const twoTerms = terms && fitTwoTerms(sizes, estimates, terms, { combine });
  const claim = judge(options, measure, fit, share);
  return {
    estimates,
    fit,
    slopes: localSlopes(sizes, estimates),
    ...(apart ? { apart } : {}),
    ...(resamples > 0 && fit.fitted ? { bootstrap: bootstrapOf(plan, options, data, confidence) } : {}),
    ...(twoTerms ? { terms: twoTerms } : {}),
    ...(claim ? { claim } : {}),
    summary: summarize(measure, sizes, fit, twoTerms, claim),
  };
}

/** Whole replicates are resampled, those of the reference as well. */
function bootstrapOf(plan: StudyPlan, options: StudyOptions, data: StudyData, confidence: number): Bootstrap {
  const { sizes, measure, sampled } = plan;
  const K = sizes.length;
  const groups = sampled ? [...data.samples, data.reference as number[][]] : data.samples;
  const statistic = (rows: readonly Float64Array[][]): number => {
    const again = { ...data, ...(sampled ? { reference: rows[K] } : {}), samples: rows.slice(0, K) };
    const fit = fitPowerLaw(sizes, estimatesOf(measure, again as unknown as StudyData));
    return fit.fitted ? fit.exponent.value : Number.NaN;
  };
  const rng = options.rng.split('bootstrap');
  return bootstrap(groups, statistic, { rng, resamples: options.resamples!, confidence });
}

function judge(options: StudyOptions, measure: string, fit: PowerLaw | NoPowerLaw, share: number): Claim | undefined {
  const { predicted, margin = 0.1, relation = 'equals', falseAlarm = 0.01, miss = falseAlarm / 2 } = options;
  if (predicted === undefined) return undefined;
  const claim = options.claim ?? `${measure} falls like size^${predicted}`;
  return rateClaim({ claim, predicted, fit, margin, relation, falseAlarm: falseAlarm * share, miss: miss * share });
}

function summarize(
  measure: string,
  sizes: Float64Array,
  fit: PowerLaw | NoPowerLaw,
  terms: TwoTerms | NoPowerLaw | undefined,
  claim: Claim | undefined,
): string {
  const parts: string[] = [];
  if (fit.fitted) {
    const [low, high] = fit.interval;
    parts.push(
      `${measure} ≈ ${short(fit.prefactor)} · size^${short(fit.exponent.value)}, exponent in [${short(low)}, ${short(high)}]`,
    );
  } else parts.push(`no power law: ${fit.reason}`);
  if (terms?.fitted) {
    const ruled = ([0, 1] as const).map((k) => {
      const where = [...sizes].filter((_, i) => terms.rules[i] === k);
      return where.length === 0 ? '' : `size^${terms.exponents[k]} rules at ${where.join(', ')}`;
    });
    parts.push(ruled.filter((text) => text !== '').join(', ') || 'neither term is seen to rule at any size');
  }
  if (claim) parts.push(`${claim.claim}: ${claim.verdict}${claim.needs ? ` (needs ${claim.needs})` : ''}`);
  return parts.join('; ');
}
