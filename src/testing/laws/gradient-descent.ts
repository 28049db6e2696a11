import { type LearningTask, residualInto } from '../../network/index.ts';
import { networkPredictions, type Rows } from './invariance.ts';

/**
 * Full-batch gradient descent in the mean-field scaling, x ← x − τ Dφ(x)ᵀ r(F(μⁿ)), one neuron at a time: plain and slow, to hold
 * others against. Dφ is the neuron's own, which fixes the side of a kink (relu) that differences would not.
 */
export function gradientDescent(task: LearningTask, start: Rows, learningRate: number, steps: number): number[][] {
  const kernel = task.neuron.kernel();
  const residual = new Float64Array(task.neuron.samples);
  const move = new Float64Array(task.neuron.dimension);
  let neurons = start.map((row) => [...row]);
  for (let step = 0; step < steps; step++) {
    residualInto(task, networkPredictions(task, neurons), residual);
    neurons = neurons.map((row) => {
      const x = Float64Array.from(row);
      kernel.forward(x, null, 1, null);
      kernel.pullBackInto(x, residual, null, -learningRate, move);
      return row.map((value, k) => value + move[k]!);
    });
  }
  return neurons;
}
