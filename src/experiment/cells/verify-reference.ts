import { solveLimit } from '../../dropout/limit/index.ts';
import type { Phase } from '../../dropout/phase/index.ts';
import { stream } from '../../random/index.ts';
import { extrapolatedLeap } from '../../scheme/index.ts';
import { buildTask, type TaskDescription } from '../task.ts';

/** One cloud of the limit, as a replicate of the reference. */
export interface VerifyReferenceInput {
  readonly task: TaskDescription;
  readonly phase: Phase;
  readonly seed: number;
  /** Which replicate. */
  readonly cloud: number;
  readonly particles: number;
  readonly horizon: number;
  /** Step of a flow, or of the leaps of Poisson jumps, mean-field time. */
  readonly step: number;
  /** Increasing times, the first of which is 0 and the last the end of the run. */
  readonly times: Float64Array;
}

/** Clouds of the two flows, and of the two Poisson clocks, with the same number start at the same neurons: their difference is sharper. Returns F at the times, `[K, m]`. */
export function verifyReference(input: VerifyReferenceInput): Float64Array {
  const { phase, particles, horizon, step, times, seed, cloud } = input;
  const task = buildTask(input.task);
  const m = task.neuron.samples;
  const family = phase.id === 'bernoulli-jump' ? 'bernoulli' : phase.id.endsWith('flow') ? 'flow' : 'poisson';
  const { saved } = solveLimit(phase, task, {
    particles,
    horizon,
    step,
    ...(phase.id === 'poisson-jump' && { scheme: extrapolatedLeap({ step }) }),
    saveAt: times,
    save: ({ statistic }) => statistic.slice(),
    rng: stream(seed).split('reference', family, cloud),
    start: 'quasi-random',
    throwOnFailure: true,
  });
  const predictions = new Float64Array(times.length * m);
  saved.forEach((values, k) => {
    predictions.set(values, k * m);
  });
  return predictions;
}
