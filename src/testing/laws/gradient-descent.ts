import { type LearningTask, residualInto } from '../../network/index.ts';
import { networkPredictions, type Rows } from './invariance.ts';

/**
 * Full-batch gradient descent in the mean-field scaling, x ← x − τ Dφ(x)ᵀ r(F(μⁿ)), with Dφ by central differences of φ: slow, and
 * independent of the kernels it is held against. Dφ errs by about 1e-10.
 */
export function gradientDescent(task: LearningTask, start: Rows, learningRate: number, steps: number): number[][] {
  let neurons = start.map((row) => [...row]);
  const residual = new Float64Array(task.neuron.samples);
  for (let step = 0; step < steps; step++) {
    residualInto(task, networkPredictions(task, neurons), residual);
    neurons = neurons.map((x) => x.map((value, k) => value - learningRate * slope(task, x, k, residual)));
  }
  return neurons;
}

/** ∂/∂x_k ⟨φ(x), r⟩: five points, h⁴φ⁽⁵⁾/30 + 1e-16/h. */
function slope(task: LearningTask, x: readonly number[], k: number, residual: Float64Array): number {
  const h = 1 / 1024;
  const at = (shift: number): number => {
    const phi = networkPredictions(task, [x.map((value, l) => (l === k ? value + shift : value))]);
    return phi.reduce((sum, value, j) => sum + value * residual[j]!, 0);
  };
  return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
}
