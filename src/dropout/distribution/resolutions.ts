import type { GridAxis } from '../../measure/grid.ts';
import type { DistributionPlan } from './plan.ts';
import type { Representation } from './representation.ts';
import { schemeInfo, type TimeScheme } from './time-scheme.ts';

/** A longer step, and by what the difference to it is divided to estimate the error of the shorter. */
export interface CoarseTime {
  readonly time: TimeScheme;
  readonly divisor: number;
}

/** Twice the step; none for Bernoulli jumps. */
export function coarseTime({ phase, time }: DistributionPlan): CoarseTime | undefined {
  if (phase.id === 'bernoulli-jump') return undefined;
  return { time: { ...time, step: 2 * time.step }, divisor: 2 ** schemeInfo(time.scheme).order - 1 };
}

export interface CoarseSpace {
  readonly representation: Representation;
  readonly axes: readonly GridAxis[];
}

/**
 * Half the cells an axis, half the nodes or atoms. The whole difference counts, since none of these errors falls by a sure factor:
 * they may change sign, and quadrature falls faster than any power. None for random particles, whose error replicates show.
 */
export function coarseSpace({ task, representation, axes }: DistributionPlan): CoarseSpace | undefined {
  switch (representation.kind) {
    case 'grid': {
      const half = axes.map((axis) => ({ ...axis, count: Math.max(4, (axis.count + 1) >> 1) }));
      return { representation, axes: half };
    }
    case 'split-and-compress': {
      const atoms = Math.max(task.neuron.samples + 2 * task.neuron.dimension + 1, representation.atoms >> 1);
      return { representation: { ...representation, atoms }, axes };
    }
    case 'characteristics': {
      if (task.initial.points !== undefined || representation.points !== 'quadrature') return undefined;
      const nodes = Math.max(1, representation.nodes >> 1);
      return { representation: { ...representation, nodes }, axes };
    }
    case 'array-rqmc':
      return undefined;
  }
}
