import type { NeuronKernel } from '../../kernels/index.ts';
import { type LearningTask, residualInto } from '../../network/index.ts';

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
  /** The mini-batch of this step, or null for all samples. */
  private batch: Int32Array | null = null;

  constructor(
    readonly task: LearningTask,
    particles: Float64Array,
    readonly learningRate: number,
    readonly keepRate: number,
  ) {
    this.particles = particles;
    this.width = particles.length / task.neuron.dimension;
    this.kernel = task.neuron.kernel();
    this.forward = new Float64Array(task.neuron.samples);
    this.residual = new Float64Array(task.neuron.samples);
  }

  /** Uses only these samples from now on, or all again. */
  useBatch(rows: Int32Array | null): void {
    this.batch = rows;
    this.kernel.select(rows);
  }

  /** forward ← scale · forward, then the residual of it. Returns false if it is not finite: the run has diverged. */
  residualOf(scale: number): boolean {
    const { forward, residual, batch, task } = this;
    const m = this.kernel.samples;
    for (let j = 0; j < m; j++) forward[j]! *= scale;
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

  /** F(μⁿ) at all m samples into `out`. O(nmp). Ends a mini-batch. */
  predictionsInto(out: Float64Array): void {
    if (this.batch !== null) this.useBatch(null);
    this.kernel.forward(this.particles, null, this.width, out);
    for (let j = 0; j < out.length; j++) out[j]! /= this.width;
  }
}
