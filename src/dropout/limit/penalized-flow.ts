import type { LearningTask } from '../../network/index.ts';
import type { Drift, MeanFieldProcess } from '../../process/index.ts';
import { type NetworkStatistic, networkStatistic } from './features.ts';
import { PartnerExpectation } from './partner-expectation.ts';

/**
 * ẋ = -Dφ(x)ᵀ E r((φ(x) + S)/c), S the sum over Poisson(c) partners (docs/theory.md section 2). For a loss whose
 * derivative is affine the expectation is r(F(μ)) + ν∘φ(x)/c times the loss's curvature: a penalty ‖φ‖²_ν/(2c).
 */
export function penalizedFlowProcess(
  task: LearningTask,
  { activeCount }: { readonly activeCount: number },
): MeanFieldProcess {
  const network = networkStatistic(task);
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
  };
}

function partnerDrift(task: LearningTask, { kernel }: NetworkStatistic, activeCount: number): Drift {
  const { loss, targets, weights } = task;
  const m = task.neuron.samples;
  const expectation = new PartnerExpectation();
  let residuals = new Float64Array(0);
  return {
    cloud(cloud, count, _s, _t, out) {
      if (residuals.length < count * m) residuals = new Float64Array(count * m);
      kernel.forward(cloud, null, count, null);
      kernel.featuresInto(cloud, residuals);
      for (let j = 0; j < m; j++) {
        expectation.prepare(residuals, count, m, j, activeCount, (f) => loss.derivative(f, targets[j]!));
        for (let i = 0, k = j; i < count; i++, k += m) residuals[k] = weights[j]! * expectation.at(residuals[k]!);
      }
      // The kernel answers by moving particles: move a copy, and take the difference.
      out.set(cloud.subarray(0, out.length));
      kernel.descendEach(out, residuals, 1);
      for (let k = 0; k < out.length; k++) out[k]! -= cloud[k]!;
    },
  };
}
