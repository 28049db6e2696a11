import { checkInteger, checkNumber, checkOneOf } from '../../base/check.ts';
import { normal } from '../../random/normal.ts';
import type { Stream } from '../../random/stream.ts';
import type { Relation } from '../claim.ts';
import { type Estimate, halfWidth, type Interval } from '../estimate.ts';
import { meanSquare } from './gamma.ts';

/** How wrong a constant must be, with its 95 % interval (order statistics). */
export interface CaughtDeviation {
  readonly deviation: number;
  readonly interval: Interval;
}

/**
 * How far a constant must be from the predicted one for a claim of decideClaim to catch it with probability `power`: for the
 * verdict not to be `holds`, and for it to be `fails`. By the symmetry of the noise it is the same above and below.
 *
 * Every simulated estimate (normal, its squared standard error χ² with its degrees of freedom) has one deviation from which on
 * it is caught; the answer is a quantile of these, so no deviation is missed between steps.
 *
 * @param estimate - what was measured, or would be: its standard error and degrees of freedom count, not its value
 * @param options.runs - default 10,000
 * @param options.power - default 0.95
 */
export function constantClaimPower(
  estimate: Pick<Estimate, 'standardError' | 'degrees' | 'systematic'>,
  options: {
    readonly margin: number;
    readonly relation?: Relation;
    readonly falseAlarm?: number;
    readonly miss?: number;
    readonly rng: Stream;
    readonly power?: number;
    readonly runs?: number;
  },
): { readonly notHeld: CaughtDeviation; readonly failed: CaughtDeviation } {
  const margin = checkNumber('margin', options.margin, { min: 0 });
  checkOneOf('relation', options.relation ?? 'equals', ['equals', 'atMost', 'atLeast']);
  const standardError = checkNumber('estimate.standardError', estimate.standardError, { min: 0 });
  const falseAlarm = checkNumber('falseAlarm', options.falseAlarm ?? 0.01, { above: 0, below: 1 });
  const miss = checkNumber('miss', options.miss ?? falseAlarm / 2, { above: 0, max: 0.5 });
  const power = checkNumber('power', options.power ?? 0.95, { above: 0, below: 1 });
  const runs = checkInteger('runs', options.runs ?? 10_000, { min: 100 });
  const twoSided = (options.relation ?? 'equals') === 'equals';
  const notHeld = new Float64Array(runs);
  const failed = new Float64Array(runs);
  for (let run = 0; run < runs; run++) {
    const rng = options.rng.split('run', run);
    const noise = standardError * normal(rng);
    const drawn = {
      ...estimate,
      value: 0,
      standardError: standardError * Math.sqrt(meanSquare(rng, estimate.degrees)),
    };
    const acceptance = miss === 0.5 ? 0 : halfWidth(drawn, miss);
    // `holds` needs deviation + noise + half-width within the margin; where the interval is longer than the margin it never does
    notHeld[run] = twoSided && acceptance > margin ? 0 : Math.max(0, margin - acceptance - noise);
    failed[run] = Math.max(0, margin + halfWidth(drawn, falseAlarm / 2) - noise);
  }
  return { notHeld: quantileOf(notHeld, power), failed: quantileOf(failed, power) };
}

function quantileOf(values: Float64Array, p: number): CaughtDeviation {
  values.sort();
  const n = values.length;
  const spread = 1.96 * Math.sqrt(n * p * (1 - p));
  const at = (k: number) => values[Math.min(n - 1, Math.max(0, Math.ceil(k) - 1))]!;
  return { deviation: at(n * p), interval: [at(n * p - spread), at(n * p + spread)] };
}
