import { solveLimit } from '../../dropout/limit/index.ts';
import type { Phase } from '../../dropout/phase/index.ts';
import { stream } from '../../random/index.ts';
import { buildTask, type TaskDescription } from '../task.ts';
import { meanOfMapped, type StartMap } from './start-map.ts';

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
  /** Increasing times, the first of which is 0 and the last the end of the run. */
  readonly times: Float64Array;
  /** Of the start's control variate. */
  readonly map: StartMap;
}

export interface VerifyReferenceOutput {
  /** F at the times, `[K, m]`. */
  readonly predictions: Float64Array;
  /** Mean of ψ over the start, length m. */
  readonly controls: Float64Array;
}

/** Clouds of the two flows, and of the two Poisson clocks, with the same number start at the same neurons: their difference is sharper. */
export function verifyReference(input: VerifyReferenceInput): VerifyReferenceOutput {
  const { phase, particles, horizon, step, times, map, seed, cloud: index } = input;
  const task = buildTask(input.task);
  const m = task.neuron.samples;
  const controls = new Float64Array(m);
  const family = phase.id === 'bernoulli-jump' ? 'bernoulli' : phase.id.endsWith('flow') ? 'flow' : 'poisson';
  const { saved } = solveLimit(phase, task, {
    particles,
    horizon,
    step,
    saveAt: times,
    save: ({ statistic, cloud, count, time }) => {
      if (time === 0) meanOfMapped(task, map)(cloud, count, controls);
      return statistic.slice();
    },
    rng: stream(seed).split('reference', family, index),
    start: 'quasi-random',
    throwOnFailure: true,
  });
  const predictions = new Float64Array(times.length * m);
  saved.forEach((values, k) => {
    predictions.set(values, k * m);
  });
  return { predictions, controls };
}
