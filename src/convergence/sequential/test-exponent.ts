import { checkNumber, type Range } from '../../base/check.ts';
import { type Assumption, assumptionOfDifference, asymptotic, bounded, describeAssumption } from './assumption.ts';
import { MeanEvidence } from './evidence.ts';
import { checkOptions, type Sampler, type SequentialOptions, type SequentialResult } from './sequential-test.ts';

/** A size and a sampler whose mean is a positive error at that size. */
export interface SizedSampler {
  readonly size: number;
  readonly sampler: Sampler;
  /** What is known of the numbers; default `asymptotic()`. Not asked for with `sameShape`. */
  readonly assume?: Assumption;
}

export interface ExponentOptions extends Omit<SequentialOptions, 'assume'> {
  /**
   * Assume that Y ≥ 0 has the same law at both sizes up to its scale, as the squared norm of a normal fluctuation has. The error
   * probabilities are then exact, with no moment or bound known. Default false: `assume` of the two samplers.
   */
  readonly sameShape?: boolean;
}

/**
 * Tests that an error E Y falls from the smaller to the larger size with a given exponent θ: E Y_large = r E Y_small with
 * r = (large/small)^θ, which is a claim about the mean of Y_large − r Y_small, linear in the data: no logarithm is taken.
 * With `sameShape` it is a claim about the mean of Y_large/(Y_large + r Y_small), which lies in [0, 1], is ½ for the true r and
 * grows with θ (docs/theory.md 10.6). For a fluctuation take Y = ‖F − F′‖²/2 of two independent replicates, and twice the
 * exponent.
 *
 * Rejected with probability at most falseAlarm if the exponent is `target` (± tolerance), accepted with probability at most
 * miss if it is off by `within` or more. Each draw takes one number at either size.
 */
export async function testExponent(
  small: SizedSampler,
  large: SizedSampler,
  target: number,
  options: ExponentOptions,
): Promise<SequentialResult> {
  checkNumber('small.size', small.size, { above: 0 });
  checkNumber('large.size', large.size, { above: small.size });
  checkNumber('target', target);
  const { tolerance, within, falseAlarm, miss, budget } = checkOptions(options);
  const run = Math.log(large.size / small.size);
  const gap = within - tolerance;
  const [watch, ranges, assumption] = options.sameShape
    ? watchShares(run, gap)
    : await watchDifferences(small, large, run, gap);
  const against = [watch(target + tolerance, 1), watch(target - tolerance, -1)];
  const support = [watch(target + within, -1), watch(target - within, 1)];
  const supported = [false, false];
  let verdict: SequentialResult['verdict'] = 'undecided';
  let count = 0;
  let sumSmall = 0;
  let sumLarge = 0;
  while (count < budget && verdict === 'undecided') {
    const [x, y] = [await large.sampler(), await small.sampler()];
    count++;
    sumLarge += checkNumber('large.sampler()', x, ranges.large);
    sumSmall += checkNumber('small.sampler()', y, ranges.small);
    for (const evidence of against) evidence.add(x, y);
    support.forEach((evidence, k) => {
      evidence.add(x, y);
      supported[k] ||= evidence.reached(miss);
    });
    if (against.some((evidence) => evidence.reached(falseAlarm / 2))) verdict = 'rejected';
    else if (supported.every(Boolean)) verdict = 'accepted';
  }
  const mean = Math.log(sumLarge / sumSmall) / run;
  const detail = `the exponent from size ${small.size} to ${large.size} is ${target}: ${verdict} after ${count} pairs, which give ${mean} (false alarm ${falseAlarm}, miss ${miss} at a deviation of ${within}, assuming ${assumption})`;
  return { verdict, samples: count, mean, standardError: Number.NaN, assumption, detail };
}

/** Evidence that the exponent is above (+1) or below (−1) a given one. */
type Watch = (
  exponent: number,
  direction: 1 | -1,
) => { add(large: number, small: number): void; reached(probability: number): boolean };
type Watching = readonly [Watch, { readonly small: Range; readonly large: Range }, string];

async function watchDifferences(small: SizedSampler, large: SizedSampler, run: number, gap: number): Promise<Watching> {
  const [assumeSmall, assumeLarge] = [small.assume ?? asymptotic(), large.assume ?? asymptotic()];
  const scale = await pilotMean(small);
  const watch: Watch = (exponent, direction) => {
    const ratio = Math.exp(exponent * run);
    // how far E Y_large is from r E Y_small at the other end of the gap
    const distance = Math.abs(Math.expm1(direction * gap * run)) * ratio * scale;
    const assume = assumptionOfDifference(assumeLarge, assumeSmall, ratio);
    const evidence = new MeanEvidence(assume, 0, direction, distance);
    return { add: (x, y) => evidence.add(x - ratio * y), reached: (p) => evidence.reached(p) };
  };
  return [watch, { small: rangeOf(assumeSmall), large: rangeOf(assumeLarge) }, describeAssumption(assumeLarge)];
}

function watchShares(run: number, gap: number): Watching {
  // d E(share)/d log r = E share (1 − share), a quarter at most: bets from a tenth of what that gives
  const distance = 0.025 * Math.min(1, gap * run);
  const watch: Watch = (exponent, direction) => {
    const ratio = Math.exp(exponent * run);
    const evidence = new MeanEvidence(bounded(0, 1), 0.5, direction, distance);
    return {
      add: (x, y) => evidence.add(x + ratio * y > 0 ? x / (x + ratio * y) : 0.5),
      reached: (p) => evidence.reached(p),
    };
  };
  const nonnegative = { min: 0 };
  const text = 'same shape: the numbers of the two sizes have the same law up to its scale';
  return [watch, { small: nonnegative, large: nonnegative }, text];
}

function rangeOf(assume: Assumption): Range {
  return assume.kind === 'bounded' ? { min: assume.low, max: assume.high } : {};
}

/** The order of magnitude of the error at the small size: it tunes the bets, and is not used as data. */
async function pilotMean({ sampler }: SizedSampler): Promise<number> {
  let sum = 0;
  for (let i = 0; i < 20; i++) sum += Math.abs(await sampler());
  return sum / 20 || 1;
}
