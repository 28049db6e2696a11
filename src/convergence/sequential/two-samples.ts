import { checkNumber } from '../../base/check.ts';
import { type Assumption, assumptionOfDifference } from './assumption.ts';
import { MeanEvidence } from './evidence.ts';
import {
  checkOptions,
  type Sampler,
  type SequentialOptions,
  type SequentialResult,
  testMean,
} from './sequential-test.ts';

/**
 * Tests that two laws have the same mean, from pairs of independent numbers (the two of a pair may be coupled, e.g. by common
 * random numbers). `assume` is about the difference of a pair. See testMean.
 */
export function testSameMean(first: Sampler, second: Sampler, options: SequentialOptions): Promise<SequentialResult> {
  return testMean(() => combine(first(), second(), (x, y) => x - y), 0, options);
}

/** A size and a sampler whose mean is a positive error at that size. */
export interface SizedSampler {
  readonly size: number;
  readonly sampler: Sampler;
  /** What is known of the numbers. */
  readonly assume: Assumption;
}

/**
 * Tests that an error E Y falls from the smaller to the larger size with a given exponent θ: E Y_large = r E Y_small with
 * r = (large/small)^θ, which is a claim about the mean of Y_large − r Y_small, linear in the data: no logarithm is taken.
 * For a fluctuation take Y = ‖F − F′‖²/2 of two independent replicates, and twice the exponent.
 *
 * Rejected with probability at most falseAlarm if the exponent is `target` (± tolerance), accepted with probability at most
 * miss if it is off by `within` or more. Each draw takes one number at either size.
 */
export async function testExponent(
  small: SizedSampler,
  large: SizedSampler,
  target: number,
  options: Omit<SequentialOptions, 'assume'>,
): Promise<SequentialResult> {
  checkNumber('small.size', small.size, { above: 0 });
  checkNumber('large.size', large.size, { above: small.size });
  checkNumber('target', target);
  const { tolerance, within, falseAlarm, miss, budget } = checkOptions(options);
  const run = Math.log(large.size / small.size);
  const scale = await pilotMean(small);
  // Evidence about D = Y_large − r Y_small at the four exponents target ± tolerance, target ± within.
  const watch = (exponent: number, direction: 1 | -1, distance: number) => {
    const ratio = Math.exp(exponent * run);
    const gap = Math.abs(Math.expm1(distance * run)) * ratio * scale;
    const evidence = new MeanEvidence(assumptionOfDifference(large.assume, small.assume, ratio), 0, direction, gap);
    return { add: (x: number, y: number) => evidence.add(x - ratio * y), reached: (p: number) => evidence.reached(p) };
  };
  const gap = within - tolerance;
  const against = [watch(target + tolerance, 1, gap), watch(target - tolerance, -1, -gap)];
  const support = [watch(target + within, -1, -gap), watch(target - within, 1, gap)];
  const supported = [false, false];
  let verdict: SequentialResult['verdict'] = 'undecided';
  let count = 0;
  let sumSmall = 0;
  let sumLarge = 0;
  while (count < budget && verdict === 'undecided') {
    const [x, y] = [await large.sampler(), await small.sampler()];
    count++;
    sumLarge += inRange('large.sampler()', x, large.assume);
    sumSmall += inRange('small.sampler()', y, small.assume);
    for (const evidence of against) evidence.add(x, y);
    support.forEach((evidence, k) => {
      evidence.add(x, y);
      supported[k] ||= evidence.reached(miss);
    });
    if (against.some((evidence) => evidence.reached(falseAlarm / 2))) verdict = 'rejected';
    else if (supported.every(Boolean)) verdict = 'accepted';
  }
  const mean = Math.log(sumLarge / sumSmall) / run;
  const detail = `the exponent from size ${small.size} to ${large.size} is ${target}: ${verdict} after ${count} pairs, which give ${mean} (false alarm ${falseAlarm}, miss ${miss} at a deviation of ${within}, assuming ${large.assume.kind})`;
  return { verdict, samples: count, mean, standardError: Number.NaN, detail };
}

function inRange(name: string, x: number, assume: Assumption): number {
  return checkNumber(name, x, assume.kind === 'bounded' ? { min: assume.low, max: assume.high } : {});
}

/** The order of magnitude of the error at the small size: it tunes the bets, and is not used as data. */
async function pilotMean({ sampler }: SizedSampler): Promise<number> {
  let sum = 0;
  for (let i = 0; i < 20; i++) sum += Math.abs(await sampler());
  return sum / 20 || 1;
}

function combine(
  x: number | Promise<number>,
  y: number | Promise<number>,
  f: (x: number, y: number) => number,
): number | Promise<number> {
  if (typeof x === 'number' && typeof y === 'number') return f(x, y);
  return Promise.all([x, y]).then(([a, b]) => f(a, b));
}
