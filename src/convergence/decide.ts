import { checkNumber, checkOneOf } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { normalQuantile } from '../base/special/normal.ts';
import type { Claim, Relation, Verdict } from './claim.ts';
import { confidenceInterval, type Estimate, type Interval } from './estimate.ts';
import { short } from './log-errors.ts';

export interface ClaimOptions {
  readonly claim: string;
  readonly predicted: number;
  readonly estimate: Estimate;
  /** Confidence intervals of the quantity; by default Student's of `estimate`. */
  readonly intervalAt?: (confidence: number) => Interval;
  /** Equivalence margin, at least 0, in the units of the measured quantity. */
  readonly margin: number;
  /** `equals` (default), or one side: `atMost` for "at least as fast as predicted" of an exponent. */
  readonly relation?: Relation;
  /** Default 0.01. */
  readonly falseAlarm?: number;
  /** Default falseAlarm/2: then both verdicts are read off the one interval. */
  readonly miss?: number;
  /** Prepended to the detail. */
  readonly detail?: string;
}

/**
 * Decides whether a measured quantity θ is `predicted` up to a margin.
 *
 * `holds` when every value of the (1 − 2·miss) confidence interval lies within the margin, `fails` when every value of the
 * (1 − falseAlarm) interval lies outside on the same side, `undecided` otherwise. The margin is part of the claim: an
 * asymptotic exponent measured at finite sizes need not be met exactly. If θ is within the margin, `fails` has probability
 * at most falseAlarm; if θ is beyond it, `holds` has probability at most `miss` (two one-sided tests; D. J. Schuirmann,
 * 1987). Both rest on the assumptions of the estimate's interval (docs/theory.md 10.3).
 */
export function decideClaim(options: ClaimOptions): Claim {
  const { claim, estimate } = options;
  const predicted = checkNumber('predicted', options.predicted);
  const margin = checkNumber('margin', options.margin, { min: 0 });
  const relation = checkOneOf('relation', options.relation ?? 'equals', ['equals', 'atMost', 'atLeast']);
  const falseAlarm = checkNumber('falseAlarm', options.falseAlarm ?? 0.01, { above: 0, below: 1 });
  const miss = checkNumber('miss', options.miss ?? falseAlarm / 2, { above: 0, max: 0.5 });
  if (!Number.isFinite(estimate.value)) throw new ArgumentError('estimate.value', estimate.value, 'a finite number');
  const intervalAt = options.intervalAt ?? ((confidence: number) => confidenceInterval(estimate, confidence));
  const interval = intervalAt(1 - falseAlarm);
  const acceptance = miss === 0.5 ? ([estimate.value, estimate.value] as const) : intervalAt(1 - 2 * miss);
  const low = relation === 'atMost' ? Number.NEGATIVE_INFINITY : predicted - margin;
  const high = relation === 'atLeast' ? Infinity : predicted + margin;
  const verdict: Verdict =
    acceptance[0] >= low && acceptance[1] <= high
      ? 'holds'
      : interval[0] > high || interval[1] < low
        ? 'fails'
        : 'undecided';
  const gap = Math.min(Math.abs(estimate.value - low), Math.abs(estimate.value - high));
  const inside = estimate.value >= low && estimate.value <= high;
  const factor = verdict === 'undecided' ? factorToDecide(estimate, gap, inside ? miss : falseAlarm / 2) : undefined;
  const range =
    relation === 'equals'
      ? `[${short(low)}, ${short(high)}]`
      : relation === 'atMost'
        ? `≤ ${short(high)}`
        : `≥ ${short(low)}`;
  const where = { holds: 'lies within', fails: 'lies outside', undecided: 'is neither within nor outside' }[verdict];
  const text = `interval [${short(interval[0])}, ${short(interval[1])}] ${where} ${range}`;
  return {
    claim,
    predicted,
    relation,
    measured: estimate.value,
    interval,
    margin,
    falseAlarm,
    miss,
    verdict,
    holds: verdict === 'holds',
    ...(factor === undefined ? {} : { factor, needs: describeFactor(factor) }),
    detail: options.detail ? `${options.detail}; ${text}` : text,
  };
}

/** A claim that could not be measured (e.g. a refused fit): undecided, with the reason. */
export function undecidedClaim(options: {
  readonly claim: string;
  readonly predicted: number;
  readonly margin: number;
  readonly relation?: Relation;
  readonly falseAlarm?: number;
  readonly miss?: number;
  readonly reason: string;
  readonly factor?: number;
}): Claim {
  const { claim, predicted, margin, relation = 'equals', falseAlarm = 0.01, reason, factor = Infinity } = options;
  return {
    claim,
    predicted,
    relation,
    measured: Number.NaN,
    interval: [Number.NEGATIVE_INFINITY, Infinity],
    margin,
    falseAlarm,
    miss: options.miss ?? falseAlarm / 2,
    verdict: 'undecided',
    holds: false,
    factor,
    needs: describeFactor(factor),
    detail: reason,
  };
}

/**
 * The factor k on the replicates with which the claim is decided with probability 0.9, if the truth is the estimate: the
 * half-width plus 1.28 standard errors must fit into the gap to the margin's edge.
 */
function factorToDecide(estimate: Estimate, gap: number, tail: number): number {
  const room = gap - (estimate.systematic ?? 0);
  if (room <= 0) return Infinity;
  const normal = -normalQuantile(tail) - normalQuantile(0.1);
  return Math.max(1.1, ((normal * estimate.standardError) / room) ** 2);
}

function describeFactor(factor: number): string {
  if (!(factor < 1e4))
    return 'more than 10,000 times the replicates: the estimate lies at the edge of the margin, or below the noise or the bias of the reference';
  return `about ${factor < 10 ? factor.toFixed(1) : Math.round(factor)} times the replicates, of the reference as well`;
}
