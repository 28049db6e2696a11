import type { LearningTask, Team } from '../../network/index.ts';
import type { Drift, MeanFieldProcess } from '../../process/index.ts';
import { type NetworkStatistic, networkStatistic } from './features.ts';
import { partnerResiduals } from './partner-residuals.ts';

/**
 * ẋ = -Dφ(x)ᵀ E r((φ(x) + S)/c), S the sum over Poisson(c) partners (docs/theory.md section 2). For a loss whose
 * derivative is affine the expectation is r(F(μ)) + ν∘φ(x)/c times the loss's curvature: a penalty ‖φ‖²_ν/(2c).
 */
export function penalizedFlowProcess(
  task: LearningTask,
  { activeCount }: { readonly activeCount: number },
  team?: Team,
): MeanFieldProcess {
  const network = networkStatistic(task, team);
  return {
    name: 'penalized-flow',
    dimension: task.neuron.dimension,
    statistic: network.statistic,
    drift: task.loss.quadratic ? penaltyDrift(task, network, activeCount) : partnerDrift(task, network, activeCount),
  };
}

function penaltyDrift(task: LearningTask, { kernel, residual }: NetworkStatistic, activeCount: number): Drift {
  const { loss, targets, weights } = task;
  const penalty = weights.map((weight, j) => {
    const curvature = loss.derivative(1, targets[j]!) - loss.derivative(0, targets[j]!);
    return (weight * curvature) / activeCount;
  });
  return {
    cloud(cloud, count, s, _t, out) {
      kernel.forward(cloud, null, count, null);
      kernel.pullBackInto(cloud, residual(s), penalty, -1, out);
    },
    // The kernel still holds the responses that the statistic was made of.
    afterStatistic: (cloud, _count, s, _t, out) => kernel.pullBackInto(cloud, residual(s), penalty, -1, out),
  };
}

function partnerDrift(task: LearningTask, { kernel }: NetworkStatistic, activeCount: number): Drift {
  const m = task.neuron.samples;
  const replace = partnerResiduals(task, activeCount);
  let residuals = new Float64Array(0);
  const answer = (cloud: Float64Array, count: number, out: Float64Array) => {
    if (residuals.length < count * m) residuals = new Float64Array(count * m);
    kernel.featuresInto(cloud, residuals);
    replace(residuals, count);
    // The kernel answers by moving particles: move a copy, and take the difference.
    out.set(cloud.subarray(0, out.length));
    kernel.descendEach(out, residuals, 1);
    for (let k = 0; k < out.length; k++) out[k]! -= cloud[k]!;
  };
  return {
    cloud(cloud, count, _s, _t, out) {
      kernel.forward(cloud, null, count, null);
      answer(cloud, count, out);
    },
    afterStatistic: (cloud, count, _s, _t, out) => answer(cloud, count, out),
  };
}
