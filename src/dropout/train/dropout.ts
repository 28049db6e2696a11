import type { VariantStepFactory } from './step.ts';

/** Dropout: x_i ← x_i - (τ/q) B_i Dφ(x_i)ᵀ r(f_B). Only active neurons are touched: O(qnmp) expected. */
export const dropoutStep: VariantStepFactory = (network) => {
  const { kernel, particles, width, keepRate, learningRate } = network;
  return ({ indices, count }) => {
    kernel.forward(particles, indices, count, network.forward);
    if (!network.residualOf(1 / (keepRate * width))) return false;
    if (count > 0) kernel.descend(particles, network.residual, learningRate / keepRate);
    return true;
  };
};
