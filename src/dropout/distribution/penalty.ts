import type { LearningTask } from '../../network/index.ts';
import type { Phase } from '../phase/index.ts';

/** c of the phases that have one. */
export function activeCountOf(phase: Phase): number | undefined {
  return 'activeCount' in phase ? phase.activeCount : undefined;
}

/** α, by how much of a gradient a neuron jumps; undefined for flows. */
export function jumpSizeOf(phase: Phase): number | undefined {
  if (phase.id === 'bernoulli-jump') return phase.learningRate / phase.keepRate;
  return 'jumpSize' in phase ? phase.jumpSize : undefined;
}

/** ν_j ∂²ℓ/∂f² of a loss that is quadratic in f, length m: what multiplies φ_j(x)²/(2c) in the penalty. */
export function curvatures({ loss, targets, weights }: LearningTask): Float64Array {
  return weights.map((weight, j) => weight * (loss.derivative(1, targets[j]!) - loss.derivative(0, targets[j]!)));
}
