import type { LearningTask } from '../../network/index.ts';
import type { Phase } from '../phase/index.ts';
import { arrayRqmc, characteristics, grid, type Representation } from './representation.ts';

/**
 * The representation that `solveDistribution` takes by itself. Flows: quadrature for normal starts with p ≤ 2 (and for fixed points, which it
 * follows exactly), else Sobol points. Jumps: a grid on the line, else array-RQMC.
 *
 * @param size - nodes, cells or particles. Default: 400 cells (200 with partners), 128 nodes on the line, 4096 of the others
 */
export function defaultRepresentation(phase: Phase, task: LearningTask, size?: number): Representation {
  const { initial } = task;
  const p = task.neuron.dimension;
  if (phase.id === 'gradient-flow' || phase.id === 'penalized-flow') {
    const exact = initial.points !== undefined || (initial.normal !== undefined && p <= 2);
    const points = exact ? 'quadrature' : initial.quasiSampleInto === undefined ? 'monte-carlo' : 'sobol';
    return characteristics({ nodes: size ?? (exact && p === 1 ? 128 : 4096), points });
  }
  // Each cell jumps to as many places as there are partner sums.
  const cells = phase.id === 'penalized-jump' ? 200 : 400;
  return p === 1 ? grid({ cells: size ?? cells }) : arrayRqmc({ particles: size ?? 4096 });
}
