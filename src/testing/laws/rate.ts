import * as fc from 'fast-check';
import {
  asymptotic,
  expectExponent,
  predictedRates,
  rulingTerms,
  type SequentialResult,
  StatisticalError,
} from '../../convergence/index.ts';
import { type Phase, phasePowerLaw } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import { type PhaseConstraints, phases } from '../arbitraries/phases.ts';
import { streams } from '../arbitraries/streams.ts';
import { type TaskConstraints, tasks } from '../arbitraries/tasks.ts';
import { LawViolation } from '../violation.ts';
import { TAME } from './convergence-to-limit.ts';
import { dropoutAlongPhase, type FiniteNetworkRun } from './limits.ts';
import { distanceOf, type ErrorAt } from './vanishing.ts';

/** Options of `expectRate`. */
export interface RateOptions {
  readonly small: number;
  readonly large: number;
  /** θ of error ~ size^θ, e.g. −1/2. */
  readonly exponent: number;
  readonly rng: Stream;
  /** Deviations up to here count as right: rates are asymptotic. Default 0.15. */
  readonly tolerance?: number;
  /** The deviation that must not be missed. Default 0.3. */
  readonly within?: number;
  /** Default 1e-9. */
  readonly falseAlarm?: number;
  /** Default 1e-6. */
  readonly miss?: number;
  /**
   * Assume that errors have the same law at both sizes up to their scale: then the error probabilities are exact (see
   * `testExponent`). Default false.
   */
  readonly sameShape?: boolean;
  /** Pairs of runs for a first look at the variance. Default 50. */
  readonly burnIn?: number;
  /** The most pairs of runs. Default 20,000. */
  readonly budget?: number;
}

/**
 * A root mean square error falls at the predicted rate from a small to a large size: a sequential test on squared errors, without
 * logarithms (see `testExponent`). Their law is not known, so the error probabilities hold approximately, unless `sameShape` is assumed.
 *
 * @param errorAt - an error ≥ 0; runs are independent
 */
export async function expectRate(law: string, errorAt: ErrorAt, options: RateOptions): Promise<SequentialResult> {
  const { small, large, exponent, rng, tolerance = 0.15, within = 0.3, falseAlarm = 1e-9, miss = 1e-6 } = options;
  const { burnIn = 50, budget = 20_000, sameShape = false } = options;
  const sized = (size: number) => {
    let run = 0;
    const sampler = async () => (await errorAt(size, rng.split('size', size, run++))) ** 2;
    return { size, sampler, assume: asymptotic({ burnIn }) };
  };
  // Squared errors fall with twice the exponent.
  const limits = { tolerance: 2 * tolerance, within: 2 * within, falseAlarm, miss, budget, sameShape };
  try {
    return await expectExponent(sized(small), sized(large)).toEqual(2 * exponent, limits);
  } catch (error) {
    if (error instanceof StatisticalError) throw new LawViolation(law, `for squared errors: ${error.message}`);
    throw error;
  }
}

/** Options of `expectPredictedRate`. */
export interface PredictedRateOptions extends Partial<Omit<RateOptions, 'rng' | 'exponent'>> {
  readonly rng: Stream;
  /** Default: dropout along the phase's power law. */
  readonly finite?: FiniteNetworkRun;
  /** Default 1. */
  readonly horizon?: number;
}

/**
 * Predictions fluctuate as the table of docs/theory.md section 4.4 says, like n^(−1/2): the distance of two independent runs, from width
 * `small` (default 16) to width `large` (default 128).
 */
export function expectPredictedRate(
  phase: Phase,
  task: LearningTask,
  options: PredictedRateOptions,
): Promise<SequentialResult> {
  const { finite = dropoutAlongPhase, horizon = 1 } = options;
  const { exponent } = rulingTerms(predictedRates(phase.id, phasePowerLaw(phase)).fluctuation);
  const errorAt = (width: number, rng: Stream): number => {
    const run = (k: number) => finite(phase, task, { width, horizon, rng: rng.split(k) });
    return distanceOf(run(0), run(1)) / Math.SQRT2;
  };
  return expectRate(`rate of ${phase.id}`, errorAt, { small: 16, large: 128, ...options, exponent });
}

/** The predicted rate on drawn tasks in drawn phases (by default bounded activations and normal starts). */
export function predictedRateProperty(
  options: Omit<PredictedRateOptions, 'rng'> & PhaseConstraints & { readonly tasks?: TaskConstraints } = {},
) {
  const drawn = tasks({ ...TAME, initial: ['normal'], ...options.tasks });
  return fc.asyncProperty(drawn, phases(options), streams(), async (task, phase, rng) => {
    await expectPredictedRate(phase, task, { ...options, rng });
  });
}
