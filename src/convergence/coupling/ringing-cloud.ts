import { type LearningTask, residualInto } from '../../network/index.ts';
import type { PoissonClock } from '../../random/index.ts';

/** Interacting particles that jump at the rings of given clocks. */
export interface RingingCloud {
  /** Lets all rings up to time t happen, in place. Calls come with increasing t. */
  advanceTo(t: number): void;
}

/**
 * Poisson jumps x ↦ x - α∇V[μ^N](x) of the rows of `cloud` `[N, p]`, in continuous time, without error in time (docs/theory.md
 * section 6.3). F is kept up to date ring by ring, O(mp) each, and summed afresh at every call.
 */
export function ringingCloud(task: LearningTask, cloud: Float64Array, clock: PoissonClock): RingingCloud {
  const m = task.neuron.samples;
  const kernel = task.neuron.kernel();
  const { count, rate } = clock;
  const walk = clock.walk();
  const sum = new Float64Array(m);
  const change = new Float64Array(m);
  const f = new Float64Array(m);
  const r = new Float64Array(m);
  const one = new Int32Array(1);
  return {
    advanceTo(t) {
      kernel.forward(cloud, null, count, sum);
      for (; walk.time <= t; walk.next()) {
        for (let j = 0; j < m; j++) f[j] = sum[j]! / count;
        residualInto(task, f, r);
        one[0] = walk.particle;
        kernel.forward(cloud, one, 1, change);
        for (let j = 0; j < m; j++) sum[j]! -= change[j]!;
        kernel.descend(cloud, r, 1 / rate);
        kernel.forward(cloud, one, 1, change);
        for (let j = 0; j < m; j++) sum[j]! += change[j]!;
      }
    },
  };
}
