import type { LearningTask, Team } from '../../network/index.ts';
import { constantRate, jumpMap, type MeanFieldProcess } from '../../process/index.ts';
import { networkStatistic } from './features.ts';

/**
 * Jumps x ↦ x - α∇V[μ_t](x) at rate 1/α. On a Poisson clock this is the limit `poisson-jump`; on a Bernoulli clock of step
 * τ with α = τ/q it is `bernoulli-jump` (docs/theory.md section 2).
 */
export function meanFieldJumpProcess(
  task: LearningTask,
  name: string,
  jumpSize: number,
  team?: Team,
): MeanFieldProcess {
  const { kernel, statistic, residual } = networkStatistic(task, team);
  return {
    name,
    dimension: task.neuron.dimension,
    statistic,
    jumps: [
      {
        name: 'update',
        rate: constantRate(1 / jumpSize),
        change: jumpMap({
          many(cloud, indices, count, s) {
            if (count === 0) return;
            kernel.forward(cloud, indices, count, null);
            kernel.descend(cloud, residual(s), jumpSize);
          },
        }),
      },
    ],
  };
}
