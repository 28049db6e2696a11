import type { NeuronKernel } from '../../kernels/index.ts';
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
  const follow = kernel.descendAndFollow?.bind(kernel) ?? descendAndFollow(kernel);
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
          manyFollowed(cloud, indices, count, s, _t, _context, sums) {
            if (count > 0) follow(cloud, indices, count, residual(s), jumpSize, sums);
          },
        }),
      },
    ],
  };
}

/** For kernels that have no call of their own for it. */
function descendAndFollow(kernel: NeuronKernel): NonNullable<NeuronKernel['descendAndFollow']> {
  const before = new Float64Array(kernel.samples);
  const after = new Float64Array(kernel.samples);
  return (particles, set, count, residual, step, sums) => {
    kernel.forward(particles, set, count, before);
    kernel.descend(particles, residual, step);
    kernel.forward(particles, set, count, after);
    for (let j = 0; j < sums.length; j++) sums[j]! += after[j]! - before[j]!;
  };
}
