import { solveLimit } from '../../dropout/limit/index.ts';
import type { Phase } from '../../dropout/phase/index.ts';
import { stream } from '../../random/index.ts';
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
  /** Step of a flow, mean-field time. */
  readonly step: number;
  /** Increasing times, the last of which is the end of the run. */
  readonly times: Float64Array;
}

/** F at the times, `[K, m]`. */
export function verifyReference(input: VerifyReferenceInput): Float64Array {
  const { phase, particles, horizon, step, times, seed, cloud } = input;
  const task = buildTask(input.task);
  const { saved } = solveLimit(phase, task, {
    particles,
    horizon,
    step,
    saveAt: times,
    save: ({ statistic }) => statistic.slice(),
    rng: stream(seed).split('reference', phase.id, cloud),
    start: 'quasi-random',
    throwOnFailure: true,
  });
  const out = new Float64Array(times.length * task.neuron.samples);
  saved.forEach((predictions, k) => {
    out.set(predictions, k * predictions.length);
  });
  return out;
}
