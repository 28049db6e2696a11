import { join } from 'node:path';
import { loadExperiment } from '../../src/experiment/experiment.ts';
import type { TaskDescription } from '../../src/experiment/task.ts';

export const ACTIVATIONS = ['tanh', 'relu'] as const;
export const LOSS_NAMES = ['squared', 'logistic'] as const;

/** One of the four learning tasks whose rates are measured. */
export interface TaskName {
  readonly activation: (typeof ACTIVATIONS)[number];
  readonly loss: (typeof LOSS_NAMES)[number];
}

export const TASKS: readonly TaskName[] = ACTIVATIONS.flatMap((activation) =>
  LOSS_NAMES.map((loss) => ({ activation, loss })),
);

/** Banknotes in use. */
export const ROWS = 32;
/** Standard deviation of an outer weight, and of an inner weight or bias. */
export const START = { tanh: { outer: 1, inner: 0.5 }, relu: { outer: 0.5, inner: 0.5 } };

/**
 * The unit of time of a task, mean-field time: horizons, α and τ are multiples of it. The logistic loss learns more slowly: its second
 * derivative is at most 1/4. A ReLU neuron moves along a gradient that grows with it, so its jumps are kept half as long.
 */
export function timeUnit({ activation, loss }: TaskName): number {
  return (loss === 'logistic' ? 2 : 1) * (activation === 'relu' ? 0.5 : 1);
}

export function taskId({ activation, loss }: TaskName): string {
  return `${activation}-${loss}`;
}

/**
 * The task as plain data: 32 banknotes with four standardized inputs, the same for all four. Targets are 0 and 1 for the squared loss, as
 * in the file, and -1 and 1 for the logistic one.
 */
export async function describeTask({ activation, loss }: TaskName): Promise<TaskDescription> {
  const experiment = await loadExperiment(
    {
      data: { csv: 'banknote.csv', target: -1, rows: ROWS, standardize: true },
      network: { neuron: 'perceptron', activation, bias: true },
      loss,
      initial: { outer: { normal: START[activation].outer }, inner: { normal: START[activation].inner } },
      horizon: 1,
      seed: 1,
    },
    { folder: join(import.meta.dirname, '..', '..', 'data') },
  );
  return experiment.description;
}
