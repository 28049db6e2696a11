import type { NeuronKernel } from '../../kernels/index.ts';
import { empiricalView } from '../../measure/index.ts';
import { type LearningTask, residualInto } from '../../network/index.ts';
import { SOBOL_DIMENSIONS, type Stream } from '../../random/index.ts';
import { cloudSize } from '../limit/index.ts';
import type { Phase } from '../phase/index.ts';
import type { Evolution } from './evolution.ts';
import { spaceFillingOrder } from './hilbert.ts';
import { jumpSizeOf } from './penalty.ts';
import { poissonQuantiles } from './poisson-quantiles.ts';
import { spreadPoints } from './spread-points.ts';
import type { TimeScheme } from './time-scheme.ts';

/** N particles whose start and jumps are spread evenly (docs/theory.md section 8.4). */
export function rqmcEvolution(
  phase: Phase,
  task: LearningTask,
  options: { readonly particles: number; readonly time: TimeScheme; readonly rng: Stream },
): Evolution {
  return new RqmcEvolution(phase, task, options.particles, options.time, options.rng);
}

/** Each leap sorts the particles along a space-filling curve and gives the i-th its share of a set of evenly spread points. */
class RqmcEvolution implements Evolution {
  private readonly cloud: Float64Array;
  private readonly weights: Float64Array;
  private readonly count: number;
  private readonly kernel: NeuronKernel;
  private readonly predictions: Float64Array;
  private readonly residual: Float64Array;
  private readonly jumpSize: number;
  private readonly partners: ((u: number) => number) | undefined;
  private steps = 0;

  constructor(
    private readonly phase: Phase,
    private readonly task: LearningTask,
    particles: number,
    private readonly time: TimeScheme,
    private readonly rng: Stream,
  ) {
    const { dimension: p, samples: m } = task.neuron;
    const { initial } = task;
    this.count = cloudSize(initial, particles);
    this.cloud = new Float64Array(this.count * p);
    this.weights = new Float64Array(this.count).fill(1 / this.count);
    this.kernel = task.neuron.kernel();
    this.predictions = new Float64Array(m);
    this.residual = new Float64Array(m);
    this.jumpSize = jumpSizeOf(phase)!;
    if (phase.id === 'penalized-jump') this.partners = poissonQuantiles(phase.activeCount);
    const { points } = initial;
    if (points !== undefined)
      for (let at = 0; at < this.cloud.length; at += points.data.length) this.cloud.set(points.data, at);
    else (initial.quasiSampleInto ?? initial.sampleInto).call(initial, rng.split('start'), this.count, this.cloud);
  }

  atoms(): { particles: Float64Array; weights: Float64Array } {
    return { particles: this.cloud, weights: this.weights };
  }

  measure(): ReturnType<Evolution['measure']> {
    return empiricalView(this.cloud.slice(), this.task.neuron.dimension, this.weights.slice());
  }

  advance(h: number): void {
    const rng = this.rng.split('step', this.steps++);
    const { phase, cloud, time } = this;
    const ratio = h / this.jumpSize;
    if (phase.id === 'bernoulli-jump') {
      this.driveBy(this.predictionsOf(cloud));
      this.leap(cloud, (u) => (u < phase.keepRate ? 1 : 0), cloud, rng);
    } else if (time.scheme === 'tau-leap') {
      this.driveBy(this.predictionsOf(cloud));
      this.leap(cloud, poissonQuantiles(ratio), cloud, rng);
    } else if (this.partners === undefined) {
      this.driveBy(this.midpointPredictions(ratio));
      this.leap(cloud, poissonQuantiles(ratio), cloud, rng);
    } else {
      // With partners the law itself is needed at the midpoint: a cloud that is taken there.
      const middle = cloud.slice();
      this.leap(middle, poissonQuantiles(ratio / 2), cloud, rng.split('predictor'));
      this.leap(cloud, poissonQuantiles(ratio), middle, rng);
    }
  }

  private predictionsOf(cloud: Float64Array): Float64Array {
    this.kernel.forward(cloud, null, this.count, this.predictions, this.weights);
    return this.predictions;
  }

  private driveBy(predictions: Float64Array): void {
    residualInto(this.task, predictions, this.residual);
  }

  /** F(μ_{t+h/2}) = F(μ) + (h/2α)(F(T_μ# μ) − F(μ)) + O(h²), over all particles: no clock is drawn. */
  private midpointPredictions(ratio: number): Float64Array {
    const before = this.predictionsOf(this.cloud).slice();
    this.driveBy(before);
    const moved = this.cloud.slice();
    this.kernel.forward(moved, null, this.count, null);
    this.kernel.descend(moved, this.residual, this.jumpSize);
    const after = this.predictionsOf(moved);
    for (let j = 0; j < before.length; j++) after[j] = before[j]! + 0.5 * ratio * (after[j]! - before[j]!);
    return after;
  }

  /** Moves each particle as often as its point says, in place; partners come from another cloud. */
  private leap(cloud: Float64Array, jumps: (u: number) => number, source: Float64Array, rng: Stream): void {
    const { count, partners } = this;
    const order = spaceFillingOrder(cloud, this.task.neuron.dimension);
    const dimension = partners === undefined ? 1 : Math.min(SOBOL_DIMENSIONS - 1, 2 + partners(1 - 2 ** -33));
    const points = spreadPoints(rng, count, dimension);
    const left = Int32Array.from(order, (_, i) => jumps(points[i * dimension]!));
    const pool = partners === undefined ? undefined : this.poolOf(source);
    const jumping = new Int32Array(count);
    const places = new Int32Array(count);
    for (let round = 0; ; round++) {
      let size = 0;
      for (let i = 0; i < count; i++)
        if (left[i]! > round) {
          places[size] = i;
          jumping[size++] = order[i]!;
        }
      if (size === 0) return;
      const who = jumping.subarray(0, size);
      this.kernel.forward(cloud, who, size, null);
      if (pool === undefined) {
        this.kernel.descend(cloud, this.residual, this.jumpSize);
        continue;
      }
      // Points serve the first jump of a leap; further ones, whose number is of order h², draw afresh.
      const uniform = (a: number, k: number) =>
        round === 0 && k < dimension ? points[places[a]! * dimension + k]! : rng.uniform();
      this.kernel.descendEach(cloud, this.partnerResiduals(cloud, size, pool, uniform), this.jumpSize);
    }
  }

  /** φ of every particle of a cloud, in the order of the curve. */
  private poolOf(source: Float64Array): Float64Array {
    const m = this.predictions.length;
    const order = Int32Array.from(spaceFillingOrder(source, this.task.neuron.dimension));
    const out = new Float64Array(this.count * m);
    this.kernel.forward(source, order, this.count, null);
    this.kernel.featuresInto(source, out);
    return out;
  }

  /** r((φ(x) + S)/c) for each jumping particle, of which the kernel keeps the responses. */
  private partnerResiduals(
    cloud: Float64Array,
    size: number,
    pool: Float64Array,
    uniform: (a: number, k: number) => number,
  ): Float64Array {
    const { loss, targets, weights: nu } = this.task;
    const m = nu.length;
    const c = (this.phase as { readonly activeCount: number }).activeCount;
    const sums = new Float64Array(size * m);
    this.kernel.featuresInto(cloud, sums);
    for (let a = 0; a < size; a++) {
      const row = a * m;
      for (let l = this.partners!(uniform(a, 1)); l > 0; l--) {
        const partner = Math.min(this.count - 1, Math.floor(uniform(a, 1 + l) * this.count)) * m;
        for (let j = 0; j < m; j++) sums[row + j]! += pool[partner + j]!;
      }
      for (let j = 0; j < m; j++) sums[row + j] = nu[j]! * loss.derivative(sums[row + j]! / c, targets[j]!);
    }
    return sums;
  }
}
