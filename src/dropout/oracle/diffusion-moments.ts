import { checkNumber } from '../../base/check.ts';
import type { LinearLimitOptions } from './limit-moments.ts';
import { checkSecondMoment, type LinearMoments } from './moments.ts';

export interface LinearDiffusionOptions extends LinearLimitOptions {
  /** α = τ/q > 0. */
  readonly jumpSize: number;
  /** τ in [0, jumpSize], the step of the Bernoulli clock; 0 (the default) for a Poisson clock. */
  readonly learningRate?: number | undefined;
}

/**
 * Exact moments at `time` of the diffusion approximation of a limit neuron φ(x) = x with the squared loss, with the drift correction for
 * the step τ (docs/theory.md sections 3.4 and 3.5): m' = −(1 + τ/2)(m − y), variance' = (α − τ)(m − y)². Closed form, O(1).
 * Against the Bernoulli limit its error is of order 2 in (α, τ), that of the gradient flow of order 1.
 */
export function linearDiffusionMoments(options: LinearDiffusionOptions): LinearMoments {
  const alpha = checkNumber('jumpSize', options.jumpSize, { above: 0 });
  const tau = checkNumber('learningRate', options.learningRate ?? 0, { min: 0, max: alpha });
  const y = checkNumber('target', options.target);
  const start = checkNumber('start.mean', options.start.mean);
  const secondMoment = checkSecondMoment('start.secondMoment', options.start.secondMoment, start);
  const time = checkNumber('time', options.time, { min: 0 });
  const rate = 1 + tau / 2;
  const mean = y + (start - y) * Math.exp(-rate * time);
  const spread = ((alpha - tau) * (start - y) ** 2 * -Math.expm1(-2 * rate * time)) / (2 * rate);
  return { mean, secondMoment: mean * mean + secondMoment - start * start + spread, squaredMean: mean * mean };
}
