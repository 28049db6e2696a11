import type { FiniteNetwork } from './network.ts';
import type { VariantStepFactory } from './step.ts';

/**
 * How many neuron updates, in multiples of the width, may pass before F(μⁿ) is summed from scratch: that costs 1/64 of the
 * updates. What rounding adds up to in between is bounded in docs/theory.md, section 8.2.
 */
export const REFRESH = 32;

/**
 * x_a ← x_a − (τ/q) Dφ(x_a)ᵀ r over active neurons, with r the network's residual. `sum` goes from Σφ before to Σφ after over all neurons, and `before`
 * receives that over the active ones before.
 */
export function descendFollowed(
  network: FiniteNetwork,
): (indices: Int32Array, count: number, sum: Float64Array, before: Float64Array) => void {
  const { kernel, particles, residual } = network;
  const step = network.learningRate / network.keepRate;
  const after = new Float64Array(network.task.neuron.samples);
  return (indices, count, sum, before) => {
    if (kernel.descendAndFollow !== undefined) {
      kernel.descendAndFollow(particles, indices, count, residual, step, sum, before);
      return;
    }
    kernel.forward(particles, indices, count, before);
    kernel.descend(particles, residual, step);
    kernel.forward(particles, indices, count, after);
    for (let j = 0; j < sum.length; j++) sum[j]! += after[j]! - before[j]!;
  };
}

/**
 * Random geometry: x_i ← x_i - (τ/q) B_i Dφ(x_i)ᵀ r(F(μⁿ)). F changes only through active neurons, so it is kept up to date
 * by what they add and take away: O(qnmp) expected, twice a dropout step. With a mini-batch F is summed afresh, O(nBp).
 */
export const randomGeometryStep: VariantStepFactory = (network) => {
  const { kernel, particles, width, keepRate, learningRate } = network;
  const samples = network.task.neuron.samples;
  const sum = new Float64Array(samples);
  const before = new Float64Array(samples);
  const descend = descendFollowed(network);
  let updates = Number.POSITIVE_INFINITY;

  function batchStep(indices: Int32Array, count: number): boolean {
    kernel.forward(particles, null, width, network.forward);
    if (!network.residualOf(1 / width)) return false;
    if (count === 0) return true;
    kernel.forward(particles, indices, count, null);
    kernel.descend(particles, network.residual, learningRate / keepRate);
    return true;
  }

  return ({ indices, count }) => {
    if (kernel.samples < samples) return batchStep(indices, count);
    if (updates > REFRESH * width) {
      kernel.forward(particles, null, width, sum);
      updates = 0;
    }
    if (!network.residualOf(1 / width, sum)) return false;
    if (count === 0) return true;
    updates += count;
    descend(indices, count, sum, before);
    return true;
  };
};
