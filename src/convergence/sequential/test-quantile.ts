import { checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { RunningMoments } from '../running-moments.ts';
import { bounded } from './assumption.ts';
import { MeanEvidence } from './evidence.ts';
import { checkOptions, type Sampler, type SequentialOptions, type SequentialResult } from './sequential-test.ts';

/**
 * Tests that the p-quantile of a law is `target`, without any assumption on it but independence: P(X ≤ target) and
 * P(X < target) are means of numbers 0 or 1. If it is (up to tolerance), it is rejected with probability at most falseAlarm; if
 * it is off by `within` or more, it is accepted with probability at most miss. See testMean.
 *
 * @param p - in (0, 1)
 */
export async function testQuantile(
  sampler: Sampler,
  p: number,
  target: number,
  options: Omit<SequentialOptions, 'assume'>,
): Promise<SequentialResult> {
  checkNumber('p', p, { above: 0, below: 1 });
  checkNumber('target', target);
  const { tolerance, within, falseAlarm, miss, budget } = checkOptions(options);
  const coin = bounded(0, 1);
  const smallest = 1e-4 * Math.min(p, 1 - p);
  const above = new MeanEvidence(coin, p, 1, smallest);
  const below = new MeanEvidence(coin, p, -1, smallest);
  const notBelow = new MeanEvidence(coin, p, -1, smallest);
  const notAbove = new MeanEvidence(coin, p, 1, smallest);
  let hasLow = false;
  let hasHigh = false;
  const share = new RunningMoments();
  let verdict: SequentialResult['verdict'] = 'undecided';
  while (share.count < budget && verdict === 'undecided') {
    const drawn = sampler();
    const x = typeof drawn === 'number' ? drawn : await drawn;
    if (!Number.isFinite(x)) throw new ArgumentError('sampler()', x, 'a finite number');
    share.add(x <= target ? 1 : 0);
    // the quantile lies below: P(X < target − tolerance) > p; above: P(X ≤ target + tolerance) < p
    above.add(x < target - tolerance ? 1 : 0);
    below.add(x <= target + tolerance ? 1 : 0);
    if (!hasLow) notBelow.add(x <= target - within ? 1 : 0);
    if (!hasHigh) notAbove.add(x < target + within ? 1 : 0);
    hasLow ||= notBelow.reached(miss);
    hasHigh ||= notAbove.reached(miss);
    if (above.reached(falseAlarm / 2) || below.reached(falseAlarm / 2)) verdict = 'rejected';
    else if (hasLow && hasHigh) verdict = 'accepted';
  }
  const { count, mean } = share;
  const standardError = Math.sqrt(share.variance / count);
  const detail = `the ${p}-quantile is ${target}: ${verdict} after ${count} numbers, of which a share of ${mean} ± ${standardError} is at most ${target} (false alarm ${falseAlarm}, miss ${miss} at a deviation of ${within})`;
  return { verdict, samples: count, mean, standardError, assumption: 'none', detail };
}
