import type { NeuronKernel, SquaredLossStep } from '../../kernels/index.ts';
import { type LearningTask, residualInto, squaredLoss, type Team } from '../../network/index.ts';
import { kernelOn } from '../../network/team-kernel.ts';

/**
 * A finite network in training: its particles, a kernel, and the buffers that a step needs. The variants' steps
 * (dropout.ts and its neighbours) act on it.
 */
export class FiniteNetwork {
  readonly width: number;
  readonly kernel: NeuronKernel;
  /** `[n, p]` row-major; steps move it in place. */
  readonly particles: Float64Array;
  /** The prediction a step works with: f_B under a forward mask, F(μⁿ) otherwise. Length m, or the batch's. */
  readonly forward: Float64Array;
  /** The residual of `forward`. */
  readonly residual: Float64Array;
  /** The kernel's own step under the squared loss, if this is the loss and it has one. */
  private readonly squaredStep: SquaredLossStep | null;
  /** The mini-batch of this step, or null for all samples. */
  private batch: Int32Array | null = null;

  constructor(
    readonly task: LearningTask,
    particles: Float64Array,
    readonly learningRate: number,
    readonly keepRate: number,
    team?: Team,
  ) {
    this.particles = particles;
    this.width = particles.length / task.neuron.dimension;
    this.kernel = kernelOn(team, task.neuron);
    this.forward = new Float64Array(task.neuron.samples);
    this.residual = new Float64Array(task.neuron.samples);
    this.squaredStep =
      task.loss === squaredLoss ? (this.kernel.squaredLossStep?.(task.targets, task.weights) ?? null) : null;
  }

  /** Uses only these samples from now on, or all again. */
  useBatch(rows: Int32Array | null): void {
    this.batch = rows;
    this.kernel.select(rows);
  }

  /**
   * x_a ← x_a - step · Dφ(x_a)ᵀ r(f) for a set of neurons, f = scale · Σ_a φ(x_a) over the same set. Returns false, and leaves the
   * particles alone, if r is not finite: the run has diverged. May leave `forward` and `residual` as they were.
   */
  descendFromOwn(set: Int32Array | null, count: number, scale: number, step: number): boolean {
    const { kernel, particles, batch, squaredStep } = this;
    if (squaredStep !== null && batch === null) return squaredStep(particles, set, count, scale, step);
    kernel.forward(particles, set, count, this.forward);
    if (!this.residualOf(scale)) return false;
    if (count > 0) kernel.descend(particles, this.residual, step);
    return true;
  }

  /** forward ← scale · sums, then the residual of it. Returns false if it is not finite: the run has diverged. */
  residualOf(scale: number, sums: Float64Array = this.forward): boolean {
    const { forward, residual, batch, task } = this;
    const m = this.kernel.samples;
    if (batch === null && task.loss === squaredLoss) return this.squaredResidualOf(scale, sums);
    for (let j = 0; j < m; j++) forward[j] = scale * sums[j]!;
    if (batch === null) residualInto(task, forward, residual);
    else {
      // The batch is uniform among m, so that m/B times its sum has the full sum as its mean.
      const lift = task.neuron.samples / m;
      for (let j = 0; j < m; j++) {
        const row = batch[j]!;
        residual[j] = lift * task.weights[row]! * task.loss.derivative(forward[j]!, task.targets[row]!);
      }
    }
    let sum = 0;
    for (let j = 0; j < m; j++) sum += residual[j]!;
    return Number.isFinite(sum);
  }

  /** The same for the squared loss, in one loop. */
  private squaredResidualOf(scale: number, sums: Float64Array): boolean {
    const { forward, residual, task } = this;
    const { targets, weights } = task;
    let sum = 0;
    for (let j = 0; j < forward.length; j++) {
      const f = scale * sums[j]!;
      const r = weights[j]! * (f - targets[j]!);
      forward[j] = f;
      residual[j] = r;
      sum += r;
    }
    return Number.isFinite(sum);
  }

  /** F(μⁿ) at all m samples into `out`. O(nmp). Ends a mini-batch. */
  predictionsInto(out: Float64Array): void {
    if (this.batch !== null) this.useBatch(null);
    this.kernel.forward(this.particles, null, this.width, out);
    for (let j = 0; j < out.length; j++) out[j]! /= this.width;
  }
}
