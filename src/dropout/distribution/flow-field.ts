import { type LearningTask, residualInto } from '../../network/index.ts';
import { partnerResiduals } from '../limit/partner-residuals.ts';
import type { Phase } from '../phase/index.ts';
import { activeCountOf, curvatures } from './penalty.ts';

/** Writes the velocity of every atom `[N, p]` into `out`: ẋ = −∇U[μ](x) with μ the atoms with their weights. */
export type FlowField = (particles: Float64Array, weights: Float64Array, out: Float64Array) => void;

/**
 * The field of a flow over weighted atoms (docs/theory.md section 3.2): ∇U = Dφᵀ r(F(μ)), with the penalty Dφᵀ(ν∘φ)/c for a bounded
 * active count c, and Dφᵀ E r((φ + S)/c) for losses other than the squared one. O(Nmp) a call.
 */
export function flowField(task: LearningTask, phase: Phase): FlowField {
  const c = activeCountOf(phase);
  return c !== undefined && !task.loss.quadratic ? partnerField(task, c) : meanField(task, c);
}

function meanField(task: LearningTask, activeCount: number | undefined): FlowField {
  const kernel = task.neuron.kernel();
  const predictions = new Float64Array(task.neuron.samples);
  const residual = new Float64Array(task.neuron.samples);
  const penalty = activeCount === undefined ? null : curvatures(task).map((value) => value / activeCount);
  return (particles, weights, out) => {
    kernel.forward(particles, null, weights.length, predictions, weights);
    residualInto(task, predictions, residual);
    kernel.pullBackInto(particles, residual, penalty, -1, out);
  };
}

function partnerField(task: LearningTask, activeCount: number): FlowField {
  const kernel = task.neuron.kernel();
  const m = task.neuron.samples;
  const replace = partnerResiduals(task, activeCount, 8192);
  let residuals = new Float64Array(0);
  return (particles, weights, out) => {
    const count = weights.length;
    if (residuals.length < count * m) residuals = new Float64Array(count * m);
    kernel.forward(particles, null, count, null);
    kernel.featuresInto(particles, residuals);
    replace(residuals, count, weights);
    // The kernel answers by moving particles: move a copy, and take the difference.
    out.set(particles);
    kernel.descendEach(out, residuals, 1);
    for (let k = 0; k < out.length; k++) out[k]! -= particles[k]!;
  };
}
