import { checkNumber } from '../../base/check.ts';
import type { LearningTask } from '../../network/index.ts';
import type { MeanFieldProcess } from '../../process/index.ts';
import { type NetworkStatistic, networkStatistic } from './features.ts';

/** The numbers of the diffusion approximation. */
export interface DiffusionParameters {
  /** α = τ/q > 0. */
  readonly jumpSize: number;
  /** τ in [0, jumpSize], the step of the Bernoulli clock; 0 (the default) for a Poisson clock. */
  readonly learningRate?: number | undefined;
}

/** How far particles are moved along the gradient, relative to 1 + its largest entry, to take a derivative. */
const NUDGE = 1e-4;

/**
 * The diffusion approximation of the jump limits (docs/theory.md sections 3.4 and 3.5), in Itô's sense, with one scalar Brownian
 * motion a particle:
 *
 *     dX = -∇V[μ_t](X) dt + √α ∇V[μ_t](X) dW                                                  for a Poisson clock,
 *     dX = -(∇V + (τ/2)(∇²V ∇V + Dφᵀ R″ K r))(X) dt + √(α - τ) ∇V(X) dW                       for a Bernoulli clock.
 *
 * Its weak error is of order 2 in (α, τ), where that of the gradient flow is of order 1. With τ = α it is gradient descent
 * without masks, and has no noise. `dri1` is the scheme of choice (see `solveDiffusion`).
 *
 * The correction is the derivative of ∇V[μ](x) while all particles move along ∇V, the law with them: a central difference of
 * relative error 1e-8, and O(3Nmp) a drift in place of O(Nmp). It reads the cloud, so the cloud must be whole.
 */
export function diffusionApproximation(task: LearningTask, parameters: DiffusionParameters): MeanFieldProcess {
  const { jumpSize, learningRate } = checkedDiffusion(parameters);
  const network = networkStatistic(task);
  const { kernel, statistic, residual } = network;
  const correction = learningRate === 0 ? undefined : stepCorrection(network, learningRate);
  const scale = Math.sqrt(jumpSize - learningRate);
  return {
    name: 'diffusion-approximation',
    dimension: task.neuron.dimension,
    statistic,
    drift: {
      cloud(cloud, count, s, _t, out) {
        kernel.forward(cloud, null, count, null);
        kernel.pullBackInto(cloud, residual(s), null, -1, out);
        correction?.(cloud, count, out);
      },
    },
    diffusion: {
      noise: 'scalar',
      calculus: 'ito',
      cloud(cloud, count, s, _t, out) {
        kernel.forward(cloud, null, count, null);
        kernel.pullBackInto(cloud, residual(s), null, scale, out);
      },
    },
  };
}

/** The parameters, checked, with their default. */
export function checkedDiffusion(parameters: DiffusionParameters): { jumpSize: number; learningRate: number } {
  const jumpSize = checkNumber('jumpSize', parameters.jumpSize, { above: 0 });
  return {
    jumpSize,
    learningRate: checkNumber('learningRate', parameters.learningRate ?? 0, { min: 0, max: jumpSize }),
  };
}

/** Adds -(τ/2) d/dε ∇V[(id + ε∇V)_# μ](x + ε∇V(x)) at ε = 0 to a drift that holds -∇V. */
function stepCorrection({ kernel, statistic, residual }: NetworkStatistic, learningRate: number) {
  const s = new Float64Array(statistic.size);
  let moved = new Float64Array(0);
  let ahead = new Float64Array(0);
  let behind = new Float64Array(0);
  return (cloud: Float64Array, count: number, drift: Float64Array): void => {
    const length = drift.length;
    if (moved.length !== length) {
      moved = new Float64Array(length);
      ahead = new Float64Array(length);
      behind = new Float64Array(length);
    }
    let largest = 0;
    for (let k = 0; k < length; k++) largest = Math.max(largest, Math.abs(drift[k]!));
    const nudge = NUDGE / (1 + largest);
    for (const [sign, out] of [
      [-1, ahead],
      [1, behind],
    ] as const) {
      for (let k = 0; k < length; k++) moved[k] = cloud[k]! + sign * nudge * drift[k]!;
      statistic.cloud!(moved, count, s);
      kernel.forward(moved, null, count, null);
      kernel.pullBackInto(moved, residual(s), null, 1, out);
    }
    const factor = learningRate / (4 * nudge);
    for (let k = 0; k < length; k++) drift[k]! -= factor * (ahead[k]! - behind[k]!);
  };
}
