import type { NeuronKernel } from '../kernels/index.ts';
import type { LearningTask } from './task.ts';

/** A task whose kernels are used again. */
export interface LentKernels {
  /** The task; its neuron gives out kernels that were taken back before it makes new ones. */
  readonly task: LearningTask;
  /** Takes all kernels back. Whoever has one must not use it any more. */
  takeBack(): void;
}

/**
 * Many short runs on one task, one after the other: making their kernels would cost more than their steps. Kernels that select samples go
 * back to all of them.
 */
export function lendKernels(task: LearningTask): LentKernels {
  const { neuron } = task;
  const kernels: NeuronKernel[] = [];
  let lent = 0;
  return {
    task: {
      ...task,
      neuron: {
        ...neuron,
        kernel() {
          const kernel = kernels[lent] ?? neuron.kernel();
          kernels[lent++] = kernel;
          if (kernel.samples !== neuron.samples) kernel.select(null);
          return kernel;
        },
      },
    },
    takeBack() {
      lent = 0;
    },
  };
}
