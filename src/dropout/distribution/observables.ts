import { type LearningTask, risk } from '../../network/index.ts';
import { PartnerExpectation } from '../limit/partner-expectation.ts';
import type { Phase } from '../phase/index.ts';
import { activeCountOf, curvatures } from './penalty.ts';

/** What is reported of a law μ of a neuron. */
export interface LawObservables {
  /** F(μ), the network's outputs at the training inputs, length m. */
  readonly predictions: Float64Array;
  /** R(F(μ)). */
  readonly risk: number;
  /**
   * The risk of dropout's forward pass, E R(S/c) with S the sum over Poisson(c) neurons drawn from μ, in the phases with an
   * active count c: for the squared loss R(F(μ)) + ∫ ‖φ‖²_ν dμ/(2c). The penalized flow descends it. Elsewhere `risk`.
   */
  readonly penalizedRisk: number;
  /** ∫ x dμ, length p. */
  readonly mean: Float64Array;
  /** ∫ x_k² dμ for each coordinate, length p. */
  readonly secondMoment: Float64Array;
}

/** The observables of weighted atoms of total mass 1. O(Nmp). */
export function observe(
  task: LearningTask,
  phase: Phase,
  particles: Float64Array,
  weights: Float64Array,
): LawObservables {
  const { samples: m, dimension: p } = task.neuron;
  const count = weights.length;
  const kernel = task.neuron.kernel();
  const predictions = new Float64Array(m);
  kernel.forward(particles, null, count, predictions, weights);
  const mean = new Float64Array(p);
  const secondMoment = new Float64Array(p);
  for (let i = 0, read = 0; i < count; i++)
    for (let k = 0; k < p; k++, read++) {
      const x = particles[read]!;
      mean[k]! += weights[i]! * x;
      secondMoment[k]! += weights[i]! * x * x;
    }
  const plain = risk(task, predictions);
  const c = activeCountOf(phase);
  if (c === undefined) return { predictions, risk: plain, penalizedRisk: plain, mean, secondMoment };
  const features = new Float64Array(count * m);
  kernel.featuresInto(particles, features);
  const penalizedRisk = task.loss.quadratic
    ? plain + quadraticPenalty(task, features, weights, c)
    : expectedRisk(task, features, weights, c);
  return { predictions, risk: plain, penalizedRisk, mean, secondMoment };
}

/** (1/2c) Σ_j ν_j ℓ″ ∫ φ_j² dμ. */
function quadraticPenalty(task: LearningTask, features: Float64Array, weights: Float64Array, c: number): number {
  const penalty = curvatures(task);
  const m = penalty.length;
  let sum = 0;
  for (let i = 0, read = 0; i < weights.length; i++)
    for (let j = 0; j < m; j++, read++) sum += weights[i]! * penalty[j]! * features[read]! * features[read]!;
  return sum / (2 * c);
}

/** Σ_j ν_j E ℓ(S_j/c). */
function expectedRisk(task: LearningTask, features: Float64Array, weights: Float64Array, c: number): number {
  const { loss, targets, weights: nu } = task;
  const expectation = new PartnerExpectation(8192);
  let sum = 0;
  for (let j = 0; j < nu.length; j++) {
    expectation.prepare(features, weights.length, nu.length, j, c, (f) => loss.value(f, targets[j]!), weights);
    sum += nu[j]! * expectation.at(0);
  }
  return sum;
}
