import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { RunningMoments } from '../running-moments.ts';
import { type Assumption, asymptotic, describeAssumption } from './assumption.ts';
import { MeanEvidence } from './evidence.ts';

/** Draws the next independent number. */
export type Sampler = () => number | Promise<number>;

export interface SequentialOptions {
  /**
   * What is known of the sample; see Assumption. Default `asymptotic()`: no test of a mean is valid without any assumption (R. R.
   * Bahadur, L. J. Savage, 1956), and this is the one that asks for no number; its error probabilities are approximate.
   */
  readonly assume?: Assumption;
  /** The deviation that must not be missed, above `tolerance`. */
  readonly within: number;
  /** The deviation that still counts as equal, at least 0 (default). Between the two either verdict is right. */
  readonly tolerance?: number;
  /** The probability that a true claim is rejected, at most. Default 1e-9. */
  readonly falseAlarm?: number;
  /** The probability that a claim which is wrong by at least `within` is accepted, at most. Default 1e-6. */
  readonly miss?: number;
  /** The most numbers that may be drawn, default 1,000,000. */
  readonly budget?: number;
}

export interface SequentialResult {
  readonly verdict: 'accepted' | 'rejected' | 'undecided';
  /** Numbers drawn. */
  readonly samples: number;
  /** Their mean, for the reader: it is not what the verdict rests on. */
  readonly mean: number;
  readonly standardError: number;
  /** What the error probabilities rest on, besides independence. */
  readonly assumption: string;
  /** One sentence. */
  readonly detail: string;
}

/**
 * Tests a claim about a mean with error probabilities that hold at whatever time it stops: numbers are drawn until the claim
 * is accepted or rejected, or the budget ends.
 *
 * `equals`: the mean is target (± tolerance); `atMost`, `atLeast`: it is on that side. If the claim is true, it is rejected
 * with probability at most falseAlarm; if it is wrong by `within` or more, it is accepted with probability at most miss. A
 * test of equality needs about 2σ²log(1/miss)/within² numbers when the claim is true. Error probabilities hold under the
 * named assumption, for independent numbers. (docs/theory.md 10.3)
 */
export async function testMean(
  sampler: Sampler,
  target: number,
  options: SequentialOptions & { readonly relation?: 'equals' | 'atMost' | 'atLeast' },
): Promise<SequentialResult> {
  checkNumber('target', target);
  const { assume = asymptotic(), relation = 'equals' } = options;
  const { tolerance, within, falseAlarm, miss, budget } = checkOptions(options);
  const gap = within - tolerance;
  const up = relation !== 'atLeast';
  const down = relation !== 'atMost';
  // Evidence against the claim: beyond the tolerance. Evidence for it: short of `within`.
  const against: MeanEvidence[] = [];
  const support: MeanEvidence[] = [];
  if (up) {
    against.push(new MeanEvidence(assume, target + tolerance, 1, gap));
    support.push(new MeanEvidence(assume, target + within, -1, gap));
  }
  if (down) {
    against.push(new MeanEvidence(assume, target - tolerance, -1, gap));
    support.push(new MeanEvidence(assume, target - within, 1, gap));
  }
  const supported = support.map(() => false);
  const moments = new RunningMoments();
  let verdict: SequentialResult['verdict'] = 'undecided';
  while (moments.count < budget && verdict === 'undecided') {
    const drawn = sampler();
    const x = typeof drawn === 'number' ? drawn : await drawn;
    if (!Number.isFinite(x)) throw new ArgumentError('sampler()', x, 'a finite number');
    if (assume.kind === 'bounded' && (x < assume.low || x > assume.high))
      throw new ArgumentError('sampler()', x, `in the assumed range [${assume.low}, ${assume.high}]`);
    moments.add(x);
    for (const evidence of against) evidence.add(x);
    support.forEach((evidence, k) => {
      if (supported[k]) return;
      evidence.add(x);
      supported[k] = evidence.reached(miss);
    });
    if (against.some((evidence) => evidence.reached(falseAlarm / against.length))) verdict = 'rejected';
    else if (supported.every(Boolean)) verdict = 'accepted';
  }
  const { count, mean } = moments;
  const standardError = Math.sqrt(moments.variance / count);
  const assumption = describeAssumption(assume);
  const claim = { equals: 'the mean is', atMost: 'the mean is at most', atLeast: 'the mean is at least' }[relation];
  const detail = `${claim} ${target}: ${verdict} after ${count} numbers with mean ${mean} ± ${standardError} (false alarm ${falseAlarm}, miss ${miss} at a deviation of ${within}, assuming ${assumption})`;
  return { verdict, samples: count, mean, standardError, assumption, detail };
}

/** @internal the error probabilities, deviations and budget of a sequential test, checked and with their defaults */
export function checkOptions(options: Omit<SequentialOptions, 'assume'>) {
  const tolerance = checkNumber('tolerance', options.tolerance ?? 0, { min: 0 });
  return {
    tolerance,
    within: checkNumber('within', options.within, { above: tolerance }),
    falseAlarm: checkNumber('falseAlarm', options.falseAlarm ?? 1e-9, { above: 0, below: 1 }),
    miss: checkNumber('miss', options.miss ?? 1e-6, { above: 0, below: 1 }),
    budget: checkInteger('budget', options.budget ?? 1_000_000, { min: 1 }),
  };
}
