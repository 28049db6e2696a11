import type { LearningTask } from '../../network/index.ts';
import { cloudSize } from '../limit/index.ts';
import { quadratureSide } from './initial-nodes.ts';
import { type Representation, sidesOf } from './representation.ts';

/** The number of nodes, cells, atoms or particles that stand for the law of a task's neuron. */
export function representationSize({ initial }: LearningTask, representation: Representation): number {
  switch (representation.kind) {
    case 'grid':
      return sidesOf(representation, initial.dimension).reduce((product, side) => product * side, 1);
    case 'split-and-compress':
      return representation.atoms;
    case 'array-rqmc':
      return cloudSize(initial, representation.particles);
    case 'characteristics': {
      if (initial.points !== undefined) return initial.points.rows;
      if (representation.points !== 'quadrature') return representation.nodes;
      const varying = initial.normal?.scales.filter((scale) => scale > 0).length ?? 0;
      return quadratureSide(initial, representation.nodes) ** varying;
    }
  }
}
