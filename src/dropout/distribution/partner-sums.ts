import { firstAbove } from '../../base/search.ts';
import type { NeuronKernel } from '../../kernels/index.ts';
import type { LearningTask } from '../../network/index.ts';
import { SOBOL_DIMENSIONS, type Stream, sobolInto, sobolSequence } from '../../random/index.ts';
import { spaceFillingOrder } from './hilbert.ts';
import { poissonQuantiles } from './poisson-quantiles.ts';

/**
 * Quasi-random sums S_k = Σ_{l ≤ N_k} φ(Y_l), k < K, over Poisson(c) partners from weighted atoms. A point of a scrambled Sobol
 * sequence gives N_k by inversion, and each partner by inversion of the masses along a space-filling order. Each draw is scrambled anew,
 * so that errors average over steps. The sums are then shifted and scaled, sample by sample, to their exact means c F(μ) and
 * variances c ∫φ_j² dμ: that leaves an O(1/K) bias in higher moments.
 */
export class PartnerSums {
  private readonly kernel: NeuronKernel;
  private readonly counts: (u: number) => number;
  private drawn = 0;

  constructor(
    private readonly task: LearningTask,
    readonly activeCount: number,
    /** K; a power of two is best. */
    readonly points: number,
    private readonly rng: Stream,
  ) {
    this.kernel = task.neuron.kernel();
    this.counts = poissonQuantiles(activeCount);
  }

  /** `[K, m]`. */
  draw(particles: Float64Array, weights: Float64Array): Float64Array {
    const { points, task, kernel } = this;
    const { samples: m, dimension: p } = task.neuron;
    const count = weights.length;
    const features = new Float64Array(count * m);
    kernel.forward(particles, null, count, null);
    kernel.featuresInto(particles, features);
    const order = spaceFillingOrder(particles, p);
    const cumulated = new Float64Array(count);
    for (let i = 0, sum = 0; i < count; i++) cumulated[i] = sum += weights[order[i]!]!;
    const rng = this.rng.split('partners', this.drawn++);
    const dimension = Math.min(SOBOL_DIMENSIONS, 1 + this.counts(1 - 2 ** -33));
    const uniforms = new Float64Array(points * dimension);
    sobolInto(sobolSequence({ dimension, rng }), 0, points, uniforms);
    const sums = new Float64Array(points * m);
    for (let k = 0; k < points; k++)
      for (let l = this.counts(uniforms[k * dimension]!); l > 0; l--) {
        const u = l < dimension ? uniforms[k * dimension + l]! : rng.uniform();
        const row = order[firstAbove(cumulated, u * cumulated[count - 1]!)]! * m;
        for (let j = 0; j < m; j++) sums[k * m + j]! += features[row + j]!;
      }
    for (let j = 0; j < m; j++) this.matchMoments(sums, j, features, weights);
    return sums;
  }

  private matchMoments(sums: Float64Array, j: number, features: Float64Array, weights: Float64Array): void {
    const { points, activeCount } = this;
    const m = sums.length / points;
    let first = 0;
    let second = 0;
    for (let i = 0, read = j; i < weights.length; i++, read += m) {
      first += weights[i]! * features[read]!;
      second += weights[i]! * features[read]! * features[read]!;
    }
    let mean = 0;
    for (let k = j; k < sums.length; k += m) mean += sums[k]! / points;
    let variance = 0;
    for (let k = j; k < sums.length; k += m) variance += (sums[k]! - mean) ** 2 / points;
    const scale = variance > 0 ? Math.sqrt((activeCount * second) / variance) : 1;
    for (let k = j; k < sums.length; k += m) sums[k] = activeCount * first + scale * (sums[k]! - mean);
  }
}
