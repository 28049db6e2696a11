import type { NeuronKernel } from '../../kernels/index.ts';
import { type LearningTask, residualInto, type Team } from '../../network/index.ts';
import { kernelOn } from '../../network/team-kernel.ts';
import type { Statistic } from '../../process/index.ts';

/** What the processes of all limits share: F as the mean-field statistic, and the kernel behind it. */
export interface NetworkStatistic {
  readonly kernel: NeuronKernel;
  /** φ, whose mean over the cloud is F(μ) ∈ R^m. */
  readonly statistic: Statistic;
  /** r(F(μ)), length m; the same buffer at every call. */
  residual(predictions: Float64Array): Float64Array;
}

/** The statistic of a task, over a kernel of its own. */
export function networkStatistic(task: LearningTask, team?: Team): NetworkStatistic {
  const kernel = kernelOn(team, task.neuron);
  const residual = new Float64Array(task.neuron.samples);
  return {
    kernel,
    statistic: {
      size: task.neuron.samples,
      cloud(cloud, count, out) {
        kernel.forward(cloud, null, count, out);
        for (let j = 0; j < out.length; j++) out[j]! /= count;
      },
      sum: (cloud, indices, count, out) => kernel.forward(cloud, indices, count, out),
    },
    residual(predictions) {
      residualInto(task, predictions, residual);
      return residual;
    },
  };
}
