import { empiricalView } from '../../measure/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import type { Phase } from '../phase/index.ts';
import type { Evolution } from './evolution.ts';
import { type FlowField, flowField } from './flow-field.ts';
import { initialNodes } from './initial-nodes.ts';
import type { Characteristics } from './representation.ts';
import type { DistributionSchemeName, TimeScheme } from './time-scheme.ts';

/** Weighted nodes of μ₀ that follow the flow: the law stays μ_t = Σ w_i δ_{x_i(t)} with the weights of the start. */
export function characteristicsEvolution(
  phase: Phase,
  task: LearningTask,
  options: { readonly representation: Characteristics; readonly time: TimeScheme; readonly rng: Stream | undefined },
): Evolution {
  const { particles, weights } = initialNodes(task.initial, options.representation, options.rng);
  const step = flowStep(flowField(task, phase), options.time.scheme);
  return {
    advance: (h) => step(particles, weights, h),
    atoms: () => ({ particles, weights }),
    measure: () => empiricalView(particles.slice(), task.neuron.dimension, weights.slice()),
  };
}

/** Moves particles along a field for a time h, in place. */
export type FlowStep = (particles: Float64Array, weights: Float64Array, h: number) => void;

/** Runge–Kutta stages: each is evaluated at x + h·offset·(slope of the stage before), and counts with its weight. */
const STAGES: Readonly<
  Partial<Record<DistributionSchemeName, readonly (readonly [offset: number, weight: number])[]>>
> = {
  euler: [[0, 1]],
  heun: [
    [0, 1 / 2],
    [1, 1 / 2],
  ],
  rk4: [
    [0, 1 / 6],
    [1 / 2, 1 / 3],
    [1 / 2, 1 / 3],
    [1, 1 / 6],
  ],
};

/** One step of a scheme for characteristics. */
export function flowStep(field: FlowField, scheme: DistributionSchemeName): FlowStep {
  const stages = STAGES[scheme]!;
  let [stage, slope, sum] = scratch(0);
  return (particles, weights, h) => {
    if (stage.length !== particles.length) [stage, slope, sum] = scratch(particles.length);
    sum.fill(0);
    for (const [offset, weight] of stages) {
      for (let i = 0; i < stage.length; i++) stage[i] = particles[i]! + h * offset * slope[i]!;
      field(stage, weights, slope);
      for (let i = 0; i < sum.length; i++) sum[i]! += weight * slope[i]!;
    }
    for (let i = 0; i < sum.length; i++) particles[i]! += h * sum[i]!;
  };
}

function scratch(length: number): [Float64Array, Float64Array, Float64Array] {
  return [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
}
