import * as fc from 'fast-check';
import type { MeanFieldProcess } from '../../process/index.ts';
import type { Stream } from '../../random/index.ts';
import type { Scheme } from '../../scheme/index.ts';
import { solve } from '../../solve/index.ts';
import { points } from '../arbitraries/points.ts';
import { streams } from '../arbitraries/streams.ts';
import { LawViolation } from '../violation.ts';
import type { Rows } from './invariance.ts';
import { distanceOf, expectVanishing, type VanishingOptions } from './vanishing.ts';

/** Options of `expectStepHalving`. */
export interface StepHalvingOptions extends Partial<Omit<VanishingOptions, 'from' | 'to'>> {
  readonly rng: Stream;
  /** The start `[N][p]`. */
  readonly initial: Rows;
  readonly until: number;
  /** A scheme by its step. */
  readonly scheme: (step: number) => Scheme;
  /** The largest step. */
  readonly step: number;
  /** How much smaller the smallest is. Default 1/16: enough for strong order 1/2. */
  readonly ratio?: number;
}

/**
 * A scheme converges on a process: the difference that halving the step makes vanishes from one step to a sixteenth of it. Random runs
 * follow the same Brownian paths and Poisson clocks, and are tested sequentially (see `expectVanishing`). What it converges
 * to, this does not tell: hold it against an exact answer, too.
 */
export async function expectStepHalving(process: MeanFieldProcess, options: StepHalvingOptions): Promise<void> {
  const { initial, until, scheme, step, ratio = 1 / 16 } = options;
  const random = process.diffusion !== undefined || (process.jumps?.length ?? 0) > 0;
  const at = (h: number, rng: Stream): ArrayLike<number> => {
    const { final, outcome } = solve(process, {
      initial: initial.map((row) => [...row]),
      until,
      scheme: scheme(h),
      rng,
      noise: random ? 'common' : 'fresh',
    });
    if (outcome.code !== 'completed')
      throw new LawViolation(
        'step halving',
        `with step ${h}: ${outcome.code} at time ${outcome.time}: ${outcome.message}`,
      );
    return final.data;
  };
  const errorAt = (h: number, rng: Stream): number =>
    distanceOf(at(h, rng), at(h / 2, rng)) / Math.sqrt(initial.length);
  if (random) {
    await expectVanishing('step halving', errorAt, { ...options, from: step, to: ratio * step });
    return;
  }
  const [coarse, fine] = [errorAt(step, options.rng), errorAt(ratio * step, options.rng)];
  if (!(fine <= Math.max(coarse / 2, options.floor ?? 1e-12)))
    throw new LawViolation(
      'step halving',
      `halving the step ${step} makes a difference of ${coarse}, halving ${ratio * step} one of ${fine}`,
    );
}

/** Step halving on drawn starts (by default 1 … 6 particles in [-2, 2]). */
export function stepHalvingProperty(
  process: MeanFieldProcess,
  options: Omit<StepHalvingOptions, 'rng' | 'initial'> & { readonly clouds?: fc.Arbitrary<Rows> },
) {
  const { clouds = points({ dimension: process.dimension }) } = options;
  return fc.asyncProperty(clouds, streams(), async (initial, rng) => {
    await expectStepHalving(process, { ...options, initial, rng });
  });
}
