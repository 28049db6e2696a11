import type { LearningTask } from '../../network/index.ts';
import { PartnerExpectation } from './partner-expectation.ts';

/** Samples taken at a time: a cache line of features. */
const BLOCK = 8;

/** Replaces features φ_j(x_i), `[count, m]`, by ν_j E r_j((φ_j(x_i) + S)/c); particles have `weights` of sum 1, default equal. */
export type PartnerResiduals = (features: Float64Array, count: number, weights?: Float64Array) => void;

/**
 * The residuals of the penalized flow for any loss, S the sum over Poisson(c) partners from the cloud itself (docs/theory.md section 2).
 * O(m(N + P log P)).
 *
 * @param points - P, of the grid of each sample; see `PartnerExpectation`
 */
export function partnerResiduals(task: LearningTask, activeCount: number, points?: number): PartnerResiduals {
  const { loss, targets, weights: nu } = task;
  const m = nu.length;
  const expectation = new PartnerExpectation(points);
  let block = new Float64Array(0);
  return (features, count, weights) => {
    if (block.length < BLOCK * count) block = new Float64Array(BLOCK * count);
    for (let first = 0; first < m; first += BLOCK) {
      const columns = Math.min(BLOCK, m - first);
      for (let i = 0; i < count; i++)
        for (let k = 0; k < columns; k++) block[k * count + i] = features[i * m + first + k]!;
      for (let k = 0; k < columns; k++) {
        const j = first + k;
        const values = block.subarray(k * count, (k + 1) * count);
        expectation.prepare(values, count, 1, 0, activeCount, (f) => loss.derivative(f, targets[j]!), weights);
        expectation.replace(values, nu[j]!);
      }
      for (let i = 0; i < count; i++)
        for (let k = 0; k < columns; k++) features[i * m + first + k] = block[k * count + i]!;
    }
  };
}
