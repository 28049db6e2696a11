import type { LearningTask, Team } from '../../network/index.ts';
import type { MeanFieldProcess } from '../../process/index.ts';
import { networkStatistic } from './features.ts';

/** ẋ = -∇V[μ_t](x) = -Dφ(x)ᵀ r(F(μ_t)) (docs/theory.md section 2). */
export function gradientFlowProcess(task: LearningTask, team?: Team): MeanFieldProcess {
  const { kernel, statistic, residual } = networkStatistic(task, team);
  return {
    name: 'gradient-flow',
    dimension: task.neuron.dimension,
    statistic,
    drift: {
      cloud(cloud, count, s, _t, out) {
        kernel.forward(cloud, null, count, null);
        kernel.pullBackInto(cloud, residual(s), null, -1, out);
      },
      // The kernel still holds the responses that the statistic was made of.
      afterStatistic: (cloud, _count, s, _t, out) => kernel.pullBackInto(cloud, residual(s), null, -1, out),
    },
  };
}
