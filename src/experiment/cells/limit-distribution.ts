import type { Outcome } from '../../base/outcome.ts';
import type { LawObservables } from '../../dropout/distribution/observables.ts';
import type { Representation } from '../../dropout/distribution/representation.ts';
import { solveDistributionAsync } from '../../dropout/distribution/solve-distribution.ts';
import type { Phase } from '../../dropout/phase/phase.ts';
import { stream } from '../../random/stream.ts';
import type { SchemeChoice } from '../run/limit-scheme.ts';
import { buildTask, type TaskDescription } from '../task.ts';
import type { CellContext } from './cell.ts';

/** A limit in distribution space, with the runs that estimate its error. */
export interface LimitDistributionInput {
  readonly task: TaskDescription;
  readonly phase: Phase;
  readonly seed: number;
  readonly representation: Representation;
  readonly replicates: number;
  readonly scheme: SchemeChoice;
  readonly until: number;
}

export interface LimitDistributionResult {
  readonly outcome: Outcome;
  readonly law: LawObservables;
  /** Estimated error: of time steps, resolution and randomness together. Absent unless the run completed. */
  readonly error?: LawObservables;
  /** Standard error over replicates, where numbers are drawn. */
  readonly random?: LawObservables;
  /** Wall time of all runs. */
  readonly seconds: number;
}

/** Draws from stream(seed).split('distribution'). */
export async function limitDistribution(
  input: LimitDistributionInput,
  context: CellContext = {},
): Promise<LimitDistributionResult> {
  const { phase, representation, replicates, scheme, until, seed } = input;
  const begin = performance.now();
  const { outcome, final } = await solveDistributionAsync(phase, buildTask(input.task), {
    horizon: until,
    representation,
    replicates,
    ...(phase.id === 'bernoulli-jump' ? {} : { time: { scheme: scheme.name as never, step: scheme.step } }),
    rng: stream(seed).split('distribution'),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  });
  context.signal?.throwIfAborted();
  const seconds = (performance.now() - begin) / 1000;
  const { predictions, risk, penalizedRisk, mean, secondMoment, error } = final;
  return {
    outcome,
    law: { predictions, risk, penalizedRisk, mean, secondMoment },
    ...(error === undefined ? {} : { error: error.total }),
    ...(error?.random === undefined ? {} : { random: error.random }),
    seconds,
  };
}
