import type { VariantStepFactory } from './step.ts';

/** Masks in the forward pass only: x_i ← x_i - τ Dφ(x_i)ᵀ r(f_B), for all i. O(nmp). */
export const propagationNoiseStep: VariantStepFactory = (network) => {
  const { kernel, particles, width, keepRate, learningRate } = network;
  const mask = new Float64Array(width);
  return ({ indices, count }) => {
    mask.fill(0);
    for (let a = 0; a < count; a++) mask[indices[a]!] = 1;
    kernel.forward(particles, null, width, network.forward, mask);
    if (!network.residualOf(1 / (keepRate * width))) return false;
    kernel.descend(particles, network.residual, learningRate);
    return true;
  };
};
