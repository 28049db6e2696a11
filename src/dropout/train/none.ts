import type { VariantStepFactory } from './step.ts';

/** Plain gradient descent: x_i ← x_i - τ Dφ(x_i)ᵀ r(F(μⁿ)). O(nmp). */
export const plainStep: VariantStepFactory = (network) => {
  const { kernel, particles, width, learningRate } = network;
  return () => {
    kernel.forward(particles, null, width, network.forward);
    if (!network.residualOf(1 / width)) return false;
    kernel.descend(particles, network.residual, learningRate);
    return true;
  };
};
