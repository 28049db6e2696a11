import { PHASE_IDS, type Phase, type PhaseId, phaseFrom, solveLimit } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import type { PilotDesign } from './design.ts';

/** Intervals of time in a reference path. */
const INTERVALS = 32;

/** F(μ_t) of one limit at equally spaced times, `[K, m]`. */
export interface SolvedLimit {
  readonly phase: Phase;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** The five limits at the parameters of a design. */
export function designLimits({ jumpSize, penalty, bernoulli }: PilotDesign): Record<PhaseId, Phase> {
  const activeCount = 1 / penalty;
  const parameters = {
    'gradient-flow': {},
    'poisson-jump': { jumpSize },
    'bernoulli-jump': bernoulli,
    'penalized-flow': { activeCount },
    'penalized-jump': { jumpSize, activeCount },
  };
  return Object.fromEntries(PHASE_IDS.map((id) => [id, phaseFrom(id, parameters[id])])) as Record<PhaseId, Phase>;
}

/**
 * Solves one limit for one batch. All limits of a batch have the same start, and jumps the same Poisson clocks, so that their
 * differences are less noisy than they are.
 */
export function solveForPilots(
  task: LearningTask,
  phase: Phase,
  options: {
    readonly horizon: number;
    readonly particles: number;
    readonly rng: Stream;
    readonly signal?: AbortSignal;
  },
): SolvedLimit {
  const { horizon } = options;
  const discrete = phase.id === 'bernoulli-jump';
  const count = discrete ? Math.round(horizon / phase.learningRate) : INTERVALS;
  const times = Float64Array.from({ length: count + 1 }, (_, k) => (k === count ? horizon : (k * horizon) / count));
  const { saved } = solveLimit(phase, task, {
    ...options,
    step: horizon / INTERVALS,
    start: 'quasi-random',
    noise: discrete ? 'fresh' : 'common',
    saveAt: times,
    save: ({ statistic }) => statistic.slice(),
    throwOnFailure: true,
  });
  const m = task.neuron.samples;
  const values = new Float64Array(times.length * m);
  saved.forEach((predictions, k) => {
    values.set(predictions, k * m);
  });
  return { phase, times, values };
}

/** The predictions at the end, length m. */
export function finalPredictions({ values, times }: SolvedLimit): Float64Array {
  return values.subarray(values.length - values.length / times.length);
}

/** The mean of a limit over batches. */
export function meanLimit(solved: readonly SolvedLimit[]): SolvedLimit {
  const [first] = solved;
  const values = new Float64Array(first!.values.length);
  for (const each of solved) for (let i = 0; i < values.length; i++) values[i]! += each.values[i]! / solved.length;
  return { ...first!, values };
}
