import { checkInteger, checkNumber } from '../../base/check.ts';
import { type Phase, type SolveLimitOptions, solveLimit, stepsWithin } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import { type ReferencePath, referencePath } from './reference-path.ts';

/** Options of `limitReference`: those of `solveLimit`, and how finely F is kept. */
export interface LimitReferenceOptions extends Omit<SolveLimitOptions<Float64Array>, 'saveAt' | 'save'> {
  /** How many equal parts of the horizon F is kept at the ends of, and interpolated between. Default 100; the Bernoulli phase: its steps. */
  readonly parts?: number;
}

/**
 * F(μ_t) of a limit by N interacting particles, for `networkToLimit`. Its error is that of `solveLimit`: of order N^(-1/2), less
 * from a quasi-random start, the default here. Throws a RunError if the run fails.
 */
export function limitReference(phase: Phase, task: LearningTask, options: LimitReferenceOptions): ReferencePath {
  const { parts, ...rest } = options;
  const horizon = checkNumber('horizon', options.horizon, { above: 0 });
  const steps = phase.id === 'bernoulli-jump' ? stepsWithin(horizon, phase.learningRate) : undefined;
  const count = steps ?? checkInteger('parts', parts ?? 100, { min: 1 });
  const end = phase.id === 'bernoulli-jump' ? count * phase.learningRate : horizon;
  const times = Float64Array.from({ length: count + 1 }, (_, k) => (k * end) / count);
  const { saved } = solveLimit<Float64Array>(phase, task, {
    start: 'quasi-random',
    ...rest,
    throwOnFailure: true,
    saveAt: times,
    save: ({ statistic }) => statistic.slice(),
  });
  const m = task.neuron.samples;
  const values = new Float64Array(times.length * m);
  saved.forEach((predictions, k) => {
    values.set(predictions, k * m);
  });
  return referencePath(times, values);
}
