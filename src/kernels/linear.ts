import type { RowMajor } from '../base/arrays.ts';
import { addInto, BLOCK, type BlockKernel } from './blocks.ts';

/**
 * The plain kernel of the linear neuron φ(x) = Zx, Z = `inputs` `[m, d]`, p = d. Its derivative is constant, so only the
 * outputs are kept: 8 bytes a neuron and sample.
 */
export function linearKernel(inputs: RowMajor): BlockKernel {
  return new LinearKernel(inputs);
}

class LinearKernel implements BlockKernel {
  readonly implementation = 'plain';
  readonly dimension: number;
  samples: number;
  private rows: Int32Array | null = null;
  private outputs = new Float64Array(0);
  private set: Int32Array | null = null;
  private count = 0;
  private readonly residual: Float64Array;
  private readonly gradient: Float64Array;
  /** Sums over the block at hand. */
  private readonly block: Float64Array;

  constructor(private readonly inputs: RowMajor) {
    this.dimension = inputs.columns;
    this.samples = inputs.rows;
    this.residual = new Float64Array(inputs.rows);
    this.gradient = new Float64Array(inputs.columns);
    this.block = new Float64Array(inputs.rows);
  }

  select(rows: Int32Array | null): void {
    this.rows = rows;
    this.samples = rows === null ? this.inputs.rows : rows.length;
    this.count = 0;
  }

  forward(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    out: Float64Array | null,
    weights: Float64Array | null = null,
  ): void {
    if (out !== null) out.fill(0, 0, this.samples);
    this.respond(particles, set, count, out, weights, 0);
  }

  forwardBlocks(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    out: Float64Array,
    weights: Float64Array | null,
  ): void {
    out.fill(0, 0, Math.ceil(count / BLOCK) * this.samples);
    this.respond(particles, set, count, out, weights, this.samples);
  }

  /** Adds the sum of block b to `out` at b · stride. */
  private respond(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    out: Float64Array | null,
    weights: Float64Array | null,
    stride: number,
  ): void {
    this.set = set;
    this.count = count;
    const { samples, dimension: p, block } = this;
    const z = this.inputs.data;
    if (this.outputs.length < count * samples) this.outputs = new Float64Array(count * samples);
    for (let a = 0; a < count; a++) {
      if (a % BLOCK === 0) block.fill(0, 0, samples);
      const row = this.row(a);
      const weight = weights === null ? 1 : weights[a]!;
      for (let j = 0; j < samples; j++) {
        const input = this.sample(j) * p;
        let sum = 0;
        for (let k = 0; k < p; k++) sum += z[input + k]! * particles[row + k]!;
        this.outputs[a * samples + j] = sum;
        block[j]! += weight * sum;
      }
      if (out !== null && ((a + 1) % BLOCK === 0 || a + 1 === count))
        addInto(block, 0, samples, out, Math.floor(a / BLOCK) * stride);
    }
  }

  featuresInto(_particles: Float64Array, out: Float64Array): void {
    out.set(this.outputs.subarray(0, this.count * this.samples));
  }

  descend(particles: Float64Array, residual: Float64Array, step: number): void {
    this.gradientOf(residual, 0);
    for (let a = 0; a < this.count; a++) this.move(particles, a, step);
  }

  descendEach(particles: Float64Array, residuals: Float64Array, step: number): void {
    for (let a = 0; a < this.count; a++) {
      this.gradientOf(residuals, a * this.samples);
      this.move(particles, a, step);
    }
  }

  pullBackInto(
    _particles: Float64Array,
    residual: Float64Array,
    penalty: Float64Array | null,
    scale: number,
    out: Float64Array,
  ): void {
    const { samples, dimension: p } = this;
    if (penalty === null) this.gradientOf(residual, 0);
    for (let a = 0; a < this.count; a++) {
      if (penalty !== null) {
        for (let j = 0; j < samples; j++)
          this.residual[j] = residual[j]! + penalty[j]! * this.outputs[a * samples + j]!;
        this.gradientOf(this.residual, 0);
      }
      for (let k = 0; k < p; k++) out[a * p + k] = scale * this.gradient[k]!;
    }
  }

  private row(a: number): number {
    return (this.set === null ? a : this.set[a]!) * this.dimension;
  }

  private sample(j: number): number {
    return this.rows === null ? j : this.rows[j]!;
  }

  /** Zᵀ r, with r read from offset `from`. */
  private gradientOf(residuals: Float64Array, from: number): void {
    const { samples, dimension: p, gradient } = this;
    const z = this.inputs.data;
    gradient.fill(0);
    for (let j = 0; j < samples; j++) {
      const r = residuals[from + j]!;
      const input = this.sample(j) * p;
      for (let k = 0; k < p; k++) gradient[k]! += r * z[input + k]!;
    }
  }

  private move(particles: Float64Array, a: number, step: number): void {
    const row = this.row(a);
    for (let k = 0; k < this.dimension; k++) particles[row + k]! -= step * this.gradient[k]!;
  }
}
