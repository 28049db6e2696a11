import { type MatrixLike, toRowMajor } from '../base/arrays.ts';
import { ArgumentError } from '../base/errors.ts';
import type { LearningTask } from './task.ts';

/** R(f) = Σ_j ν_j ℓ(f_j, y_j) for predictions f of length m. */
export function risk(task: LearningTask, predictions: Float64Array): number {
  const { loss, targets, weights } = task;
  let sum = 0;
  for (let j = 0; j < targets.length; j++) sum += weights[j]! * loss.value(predictions[j]!, targets[j]!);
  return sum;
}

/** r(f)_j = ν_j ∂ℓ/∂f(f_j, y_j) into `out`. */
export function residualInto(task: LearningTask, predictions: Float64Array, out: Float64Array): void {
  const { loss, targets, weights } = task;
  for (let j = 0; j < targets.length; j++) out[j] = weights[j]! * loss.derivative(predictions[j]!, targets[j]!);
}

/**
 * F(μⁿ) = (1/n) Σ φ(x_i), the outputs of the network at the training inputs, length m. O(nmp).
 *
 * @param particles - `[n, p]`
 */
export function predictions(task: LearningTask, particles: MatrixLike): Float64Array {
  const { data, rows, columns } = toRowMajor('particles', particles);
  if (columns !== task.neuron.dimension || rows === 0)
    throw new ArgumentError('particles', `[${rows}, ${columns}]`, `of shape [n, ${task.neuron.dimension}] with n ≥ 1`);
  const out = new Float64Array(task.neuron.samples);
  task.neuron.kernel().forward(data, null, rows, out);
  for (let j = 0; j < out.length; j++) out[j]! /= rows;
  return out;
}
