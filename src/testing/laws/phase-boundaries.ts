import { phaseGradientFlow, phasePenalizedFlow, phasePenalizedJump, phasePoissonJump } from '../../dropout/index.ts';
import type { PhaseBoundary } from './boundaries.ts';

/** α → 0 without partners. The clock's noise falls like α^(1/2): from 1/2 to 1/32, to a quarter. */
export const jumpToFlow: PhaseBoundary = {
  name: 'α → 0: poisson-jump to gradient-flow',
  phaseAt: (jumpSize) => phasePoissonJump({ jumpSize }),
  neighbour: phaseGradientFlow(),
  from: 1 / 2,
  to: 1 / 32,
};

/** α → 0 with partners. */
export function penalizedJumpToFlow(activeCount = 4): PhaseBoundary {
  return {
    name: 'α → 0: penalized-jump to penalized-flow',
    phaseAt: (jumpSize) => phasePenalizedJump({ jumpSize, activeCount }),
    neighbour: phasePenalizedFlow({ activeCount }),
    from: 1 / 2,
    to: 1 / 32,
  };
}

/** c → ∞ of the flows: the penalty falls like 1/c. */
export const penalizedFlowToFlow: PhaseBoundary = {
  name: 'c → ∞: penalized-flow to gradient-flow',
  phaseAt: (activeCount) => phasePenalizedFlow({ activeCount }),
  neighbour: phaseGradientFlow(),
  from: 4,
  to: 256,
};

/** c → ∞ of the jumps: partners' noise falls like c^(−1/2), the penalty like 1/c. */
export function penalizedJumpToJump(jumpSize = 1 / 2): PhaseBoundary {
  return {
    name: 'c → ∞: penalized-jump to poisson-jump',
    phaseAt: (activeCount) => phasePenalizedJump({ jumpSize, activeCount }),
    neighbour: phasePoissonJump({ jumpSize }),
    from: 4,
    to: 256,
  };
}
