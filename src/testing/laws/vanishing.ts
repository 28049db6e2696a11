import { checkNumber } from '../../base/check.ts';
import { bounded, type SequentialResult, testMean } from '../../convergence/index.ts';
import type { Stream } from '../../random/index.ts';
import { LawViolation } from '../violation.ts';

/** An error ≥ 0 at a size: a width, a step, a jump size. `rng` is the same for both sizes of a pair, which may so be coupled. */
export type ErrorAt = (size: number, rng: Stream) => number | Promise<number>;

/** Options of `expectVanishing`. */
export interface VanishingOptions {
  /** The size where the error is larger. */
  readonly from: number;
  /** The size where it must be smaller; go so far that the error should fall to a quarter, or below. */
  readonly to: number;
  /** Names the runs. */
  readonly rng: Stream;
  /** Errors up to here count as 0: rounding, or what else is known to stay. Default 1e-12. */
  readonly floor?: number;
  /** The probability that a law which holds is said not to, at most. Default 1e-9. */
  readonly falseAlarm?: number;
  /** The probability that an error which stays the same is said to vanish, at most. Default 1e-6. */
  readonly miss?: number;
  /** The most pairs of runs. Default 5000. */
  readonly budget?: number;
}

/** The largest mean share that counts as vanishing, and how far below ½ a constant error's may lie to be caught still. */
const LARGEST_SHARE = 1 / 3;
const WITHIN = 0.15;

/**
 * An error vanishes from one size to another: its share Y = e²_to/(e²_from + e²_to) has a mean of at most 1/3.
 *
 * Y lies in [0, 1] whatever the errors' law and scale, so that the error probabilities of the sequential test are exact: no
 * normality, no constants, no variance to be known. An error that stays has E Y = 1/2. One that falls to a quarter has
 * E Y = 1/17 if it is deterministic, and 1/5 if it is the size of one centred normal number.
 *
 * @param law - its name in messages
 */
export async function expectVanishing(
  law: string,
  errorAt: ErrorAt,
  options: VanishingOptions,
): Promise<SequentialResult> {
  const { from, to, rng, floor = 1e-12, falseAlarm = 1e-9, miss = 1e-6, budget = 5000 } = options;
  let pairs = 0;
  const sum = { from: 0, to: 0 };
  const result = await testMean(
    async () => {
      const name = ['pair', pairs++] as const;
      const large = checkNumber(`error at ${from}`, await errorAt(from, rng.split(...name)), { min: 0 });
      const small = checkNumber(`error at ${to}`, await errorAt(to, rng.split(...name)), { min: 0 });
      sum.from += large;
      sum.to += small;
      return shareOf(large <= floor ? 0 : large, small <= floor ? 0 : small);
    },
    LARGEST_SHARE,
    { assume: bounded(0, 1), within: WITHIN, falseAlarm, miss, budget, relation: 'atMost' },
  );
  if (result.verdict === 'accepted') return result;
  const errors = `mean error ${sum.from / pairs} at ${from} and ${sum.to / pairs} at ${to}`;
  throw new LawViolation(
    law,
    result.verdict === 'rejected'
      ? `the error does not vanish: ${errors}; ${result.detail}`
      : `not decided with ${pairs} pairs of runs: ${errors}; raise the budget, or the ratio of the sizes; ${result.detail}`,
  );
}

/** small²/(large² + small²), 0 for 0 and 0, without overflow. */
function shareOf(large: number, small: number): number {
  if (small === 0) return 0;
  const ratio = large / small;
  return 1 / (1 + ratio * ratio);
}

/** The Euclidean distance of two vectors. */
export function distanceOf(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) throw new LawViolation('distance', `vectors of lengths ${x.length} and ${y.length}`);
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += (x[k]! - y[k]!) ** 2;
  return Math.sqrt(sum);
}
