import { ArgumentError } from '../../base/errors.ts';
import { checkOptions, type Sampler, type SequentialOptions, type SequentialResult } from './sequential-test.ts';

/** First look, and the factor from one look to the next. */
const FIRST_LOOK = 100;
const NEXT_LOOK = 1.5;

/**
 * Tests that two laws are equal, in Kolmogorov's distance sup|F − G|: rejected with probability at most falseAlarm if the
 * distance is at most `tolerance`, accepted with probability at most miss if it is at least `within`. No assumption but
 * independence.
 *
 * Looks at geometrically growing sample sizes; the k-th look spends 6/(π²k²) of the error probabilities on the
 * Dvoretzky–Kiefer–Wolfowitz inequality P(sup|F_n − F| > ε) ≤ 2e^(−2nε²) for either sample (P. Massart, 1990). Keeps all
 * numbers: `budget` (per sample) is 100,000 by default.
 */
export async function testSameLaw(
  first: Sampler,
  second: Sampler,
  options: Omit<SequentialOptions, 'assume'>,
): Promise<SequentialResult> {
  const { tolerance, within, falseAlarm, miss, budget } = checkOptions({ budget: 100_000, ...options });
  const x: number[] = [];
  const y: number[] = [];
  let verdict: SequentialResult['verdict'] = 'undecided';
  let distance = Number.NaN;
  for (
    let k = 1, next = FIRST_LOOK;
    verdict === 'undecided' && x.length < budget;
    k++, next = Math.ceil(next * NEXT_LOOK)
  ) {
    while (x.length < Math.min(next, budget)) {
      x.push(finite(await first()));
      y.push(finite(await second()));
    }
    distance = kolmogorovDistance(x, y);
    const share = 6 / (Math.PI * k) ** 2;
    const radius = (probability: number) => 2 * Math.sqrt(Math.log(4 / (share * probability)) / (2 * x.length));
    if (distance - radius(falseAlarm) > tolerance) verdict = 'rejected';
    else if (distance + radius(miss) < within) verdict = 'accepted';
  }
  const detail = `the two laws are equal: ${verdict} after ${x.length} numbers of each, sup|F − G| = ${distance} (false alarm ${falseAlarm}, miss ${miss} at a distance of ${within})`;
  return { verdict, samples: x.length, mean: distance, standardError: Number.NaN, assumption: 'none', detail };
}

/** sup |F − G| of two samples' distribution functions; sorts copies. */
export function kolmogorovDistance(x: readonly number[], y: readonly number[]): number {
  const a = Float64Array.from(x).sort();
  const b = Float64Array.from(y).sort();
  let i = 0;
  let j = 0;
  let distance = 0;
  while (i < a.length && j < b.length) {
    const at = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= at) i++;
    while (j < b.length && b[j]! <= at) j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  return distance;
}

function finite(x: number): number {
  if (!Number.isFinite(x)) throw new ArgumentError('sampler()', x, 'a finite number');
  return x;
}
