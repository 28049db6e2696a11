import type { VariantStepFactory } from './step.ts';

/** Independent masks B, B′ forward and backward: x_i ← x_i - (τ/q) B′_i Dφ(x_i)ᵀ r(f_B). O(qnmp) expected. */
export const independentMasksStep: VariantStepFactory = (network) => {
  const { kernel, particles, width, keepRate, learningRate } = network;
  return (active, backward) => {
    kernel.forward(particles, active.indices, active.count, network.forward);
    if (!network.residualOf(1 / (keepRate * width))) return false;
    if (backward.count === 0) return true;
    kernel.forward(particles, backward.indices, backward.count, null);
    kernel.descend(particles, network.residual, learningRate / keepRate);
    return true;
  };
};
