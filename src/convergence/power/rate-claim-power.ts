import type { VectorLike } from '../../base/arrays.ts';
import { checkInteger, checkNumber } from '../../base/check.ts';
import type { Stream } from '../../random/stream.ts';
import type { Relation, Verdict } from '../claim.ts';
import type { ErrorEstimates } from '../error-estimates.ts';
import type { Interval } from '../estimate.ts';
import { fitPowerLaw, toSizes } from '../fit-power-law.ts';
import { rateClaim } from '../rate-claim.ts';
import { proportionInterval } from './proportion.ts';
import { simulateEstimates } from './simulate-estimates.ts';

/** How often simulated studies with a given true exponent end how. */
export interface VerdictShares {
  readonly exponent: number;
  readonly runs: number;
  readonly holds: number;
  readonly fails: number;
  readonly undecided: number;
}

/** A wrong exponent that is caught, with the probability of it and its 95 % interval (exact binomial). */
export interface Caught {
  readonly exponent: number;
  readonly probability: number;
  readonly interval: Interval;
}

/** What a claim about an exponent would notice under its budget. */
export interface RateClaimPower {
  readonly predicted: number;
  readonly power: number;
  readonly step: number;
  /** The claim's chance to hold if the exponent is as predicted. */
  readonly confirms: Caught;
  /**
   * The smallest wrong exponents (predicted + k·step, above; predicted − k·step, below) from which on the claim does not hold with
   * probability `power` at least; undefined beyond 40 steps, and on a side where the claim is one-sided.
   */
  readonly notHeld: { readonly above?: Caught; readonly below?: Caught };
  /** The same for the verdict `fails`. */
  readonly failed: { readonly above?: Caught; readonly below?: Caught };
  /** Everything that was simulated, by increasing exponent. */
  readonly simulated: readonly VerdictShares[];
}

const FURTHEST = 40;

/**
 * The power of a rate claim under its budget, by simulation from the measured noise: studies whose errors follow a wrong
 * exponent are drawn with the design, the noise and the degrees of freedom of `estimates`, fitted and judged like the real one.
 * The wrong power law goes through the measured one at its centre of weight.
 *
 * Cost: `runs` fits for each of about 10 exponents; a fit of a bias takes about 10 ms, others 0.2 ms.
 *
 * @param sizes - as of the fit
 * @param estimates - what the study measured, or a pilot of the same design
 * @param options.step - default 0.05
 * @param options.power - default 0.95
 * @param options.runs - simulated studies an exponent, default 400
 */
export function rateClaimPower(
  sizes: VectorLike,
  estimates: ErrorEstimates,
  options: {
    readonly predicted: number;
    readonly margin: number;
    readonly relation?: Relation;
    readonly falseAlarm?: number;
    readonly miss?: number;
    readonly rng: Stream;
    readonly step?: number;
    readonly power?: number;
    readonly runs?: number;
  },
): RateClaimPower {
  const n = toSizes(sizes, estimates);
  const { rng, relation = 'equals' } = options;
  const predicted = checkNumber('predicted', options.predicted);
  const margin = checkNumber('margin', options.margin, { min: 0 });
  const step = checkNumber('step', options.step ?? 0.05, { above: 0 });
  const power = checkNumber('power', options.power ?? 0.95, { above: 0, below: 1 });
  const runs = checkInteger('runs', options.runs ?? 400, { min: 20 });
  const { falseAlarm = 0.01, miss = falseAlarm / 2 } = options;
  const center = centerOf(n, estimates);
  const known = new Map<number, VerdictShares>();
  const at = (k: number): VerdictShares => {
    let shares = known.get(k);
    if (shares === undefined) {
      const exponent = predicted + k * step;
      const errors = n.map((size) => center.error * (size / center.size) ** exponent);
      const counts: Record<Verdict, number> = { holds: 0, fails: 0, undecided: 0 };
      for (let run = 0; run < runs; run++) {
        const drawn = simulateEstimates(rng.split('run', run), errors, estimates);
        const fit = fitPowerLaw(n, drawn, { confidence: 1 - falseAlarm });
        counts[rateClaim({ claim: '', predicted, margin, relation, falseAlarm, miss, fit }).verdict]++;
      }
      shares = { exponent, runs, ...counts };
      known.set(k, shares);
    }
    return shares;
  };
  const smallest = (side: 1 | -1, hits: (shares: VerdictShares) => number): { caught?: Caught } => {
    const seen = (k: number) => hits(at(side * k)) >= power * runs;
    let high = Math.max(1, Math.floor(margin / step));
    while (!seen(high) && high < FURTHEST) high = Math.min(FURTHEST, 2 * high);
    if (!seen(high)) return {};
    let low = 0;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (seen(middle)) high = middle;
      else low = middle;
    }
    return { caught: caughtOf(at(side * high), hits) };
  };
  const sides = (hits: (shares: VerdictShares) => number) => {
    const above = relation === 'atLeast' ? {} : smallest(1, hits);
    const below = relation === 'atMost' ? {} : smallest(-1, hits);
    return {
      ...(above.caught ? { above: above.caught } : {}),
      ...(below.caught ? { below: below.caught } : {}),
    };
  };
  const notHeld = sides((shares) => runs - shares.holds);
  const failed = sides((shares) => shares.fails);
  const confirms = caughtOf(at(0), (shares) => shares.holds);
  const simulated = [...known.values()].sort((a, b) => a.exponent - b.exponent);
  return { predicted, power, step, confirms, notHeld, failed, simulated };
}

function caughtOf(shares: VerdictShares, hits: (shares: VerdictShares) => number): Caught {
  const count = hits(shares);
  return {
    exponent: shares.exponent,
    probability: count / shares.runs,
    interval: proportionInterval(count, shares.runs),
  };
}

/** A point of the measured power law that stays where it is when the exponent changes. */
function centerOf(n: Float64Array, estimates: ErrorEstimates): { size: number; error: number } {
  const fit = fitPowerLaw(n, estimates);
  if (fit.fitted) {
    // the covariance of level and slope vanishes where the log size is the mean under the fit's weights
    const { weights } = fit;
    const mass = weights.reduce((sum, w) => sum + Math.abs(w), 0);
    const x = weights.reduce((sum, w, i) => sum + Math.abs(w) * Math.log(n[i]!), 0) / mass;
    return { size: Math.exp(x), error: Math.exp(fit.logPrefactor.value + fit.exponent.value * x) };
  }
  const i = n.indexOf(Math.min(...n));
  const K = n.length;
  const value = Math.max(estimates.values[i]!, Math.sqrt(estimates.covariance[i * K + i]!));
  return { size: n[i]!, error: value ** (1 / estimates.power) };
}
