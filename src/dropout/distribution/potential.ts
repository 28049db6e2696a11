import { type LearningTask, residualInto } from '../../network/index.ts';
import { PartnerExpectation } from '../limit/partner-expectation.ts';
import type { Phase } from '../phase/index.ts';
import { activeCountOf, curvatures } from './penalty.ts';

/** Writes U[μ] at every node into `out`, μ given by its masses at the nodes. */
export type Potential = (masses: Float64Array, out: Float64Array) => void;

/**
 * The potential U[μ] whose gradient the flow descends, over nodes that stay where they are: V[μ](x) = ⟨φ(x), r(F(μ))⟩, with the
 * penalty ‖φ(x)‖²_ν/(2c) for a bounded active count. For other losses U(x) = c E R((φ(x) + S)/c), the first variation (up to a
 * constant) of μ ↦ E R(S/c), S compound Poisson with intensity cμ. So U is in all cases the first variation of the
 * (penalized) risk. O(Nm) a call.
 *
 * @param features - φ at the nodes, `[N, m]`
 */
export function potential(task: LearningTask, phase: Phase, features: Float64Array): Potential {
  const c = activeCountOf(phase);
  return c !== undefined && !task.loss.quadratic
    ? partnerPotential(task, features, c)
    : plainPotential(task, features, c);
}

function plainPotential(task: LearningTask, features: Float64Array, activeCount: number | undefined): Potential {
  const m = task.neuron.samples;
  const half = curvatures(task).map((value) => (activeCount === undefined ? 0 : value / (2 * activeCount)));
  const predictions = new Float64Array(m);
  const residual = new Float64Array(m);
  return (masses, out) => {
    predictions.fill(0);
    for (let i = 0, read = 0; i < masses.length; i++)
      for (let j = 0; j < m; j++, read++) predictions[j]! += masses[i]! * features[read]!;
    residualInto(task, predictions, residual);
    for (let i = 0, read = 0; i < masses.length; i++) {
      let sum = 0;
      for (let j = 0; j < m; j++, read++) {
        const value = features[read]!;
        sum += value * (residual[j]! + half[j]! * value);
      }
      out[i] = sum;
    }
  };
}

function partnerPotential(task: LearningTask, features: Float64Array, activeCount: number): Potential {
  const { loss, targets, weights: nu } = task;
  const m = nu.length;
  const expectation = new PartnerExpectation(8192);
  return (masses, out) => {
    out.fill(0);
    for (let j = 0; j < m; j++) {
      expectation.prepare(features, masses.length, m, j, activeCount, (f) => loss.value(f, targets[j]!), masses);
      for (let i = 0, k = j; i < masses.length; i++, k += m)
        out[i]! += activeCount * nu[j]! * expectation.at(features[k]!);
    }
  };
}
