import type { VariantStepFactory } from './step.ts';

/** Dropout: x_i ← x_i - (τ/q) B_i Dφ(x_i)ᵀ r(f_B). Only active neurons are touched: O(qnmp) expected. */
export const dropoutStep: VariantStepFactory = (network) => {
  const scale = 1 / (network.keepRate * network.width);
  const step = network.learningRate / network.keepRate;
  return ({ indices, count }) => network.descendFromOwn(indices, count, scale, step);
};
