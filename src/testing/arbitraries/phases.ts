import * as fc from 'fast-check';
import {
  PHASE_IDS,
  type Phase,
  type PhaseId,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from '../../dropout/index.ts';
import { type NumberConstraints, positives } from './numbers.ts';

/** Options of `phases`. */
export interface PhaseConstraints {
  /** Default all five. */
  readonly ids?: readonly PhaseId[];
  /** α. Default in [1/8, 1]. */
  readonly jumpSize?: NumberConstraints;
  /** c. Default in [1, 4]. */
  readonly activeCount?: NumberConstraints;
  /** τ of Bernoulli jumps. Default in [1/8, 1/2]. */
  readonly learningRate?: NumberConstraints;
  /** q of Bernoulli jumps. Default in [1/4, 1]. */
  readonly keepRate?: NumberConstraints;
}

/** Phases with their parameters; the first of `ids` is the simplest. */
export function phases(constraints: PhaseConstraints = {}): fc.Arbitrary<Phase> {
  const { ids = PHASE_IDS } = constraints;
  return fc
    .record({
      id: fc.constantFrom(...ids),
      jumpSize: positives(constraints.jumpSize ?? { min: 1 / 8, max: 1 }),
      activeCount: positives(constraints.activeCount ?? { min: 1, max: 4 }),
      learningRate: positives(constraints.learningRate ?? { min: 1 / 8, max: 1 / 2 }),
      keepRate: positives(constraints.keepRate ?? { min: 1 / 4, max: 1 }),
    })
    .map(({ id, ...parameters }) => phaseOf(id, parameters));
}

function phaseOf(
  id: PhaseId,
  parameters: {
    readonly jumpSize: number;
    readonly activeCount: number;
    readonly learningRate: number;
    readonly keepRate: number;
  },
): Phase {
  switch (id) {
    case 'gradient-flow':
      return phaseGradientFlow();
    case 'poisson-jump':
      return phasePoissonJump(parameters);
    case 'bernoulli-jump':
      return phaseBernoulliJump(parameters);
    case 'penalized-flow':
      return phasePenalizedFlow(parameters);
    case 'penalized-jump':
      return phasePenalizedJump(parameters);
  }
}
