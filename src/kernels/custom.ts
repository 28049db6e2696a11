import type { NeuronKernel } from './kernel.ts';

/** A neuron by its two functions, for one neuron at a time. */
export interface NeuronFunctions {
  /** p, the number of parameters. */
  readonly dimension: number;
  /** m, the number of samples. */
  readonly samples: number;
  /** φ(x) into `out` (length m). `x` has length p and must not be kept or changed. */
  features(x: Float64Array, out: Float64Array): void;
  /** Dφ(x)ᵀ r into `out` (length p), for `r` of length m. */
  pullBack(x: Float64Array, r: Float64Array, out: Float64Array): void;
}

/**
 * The kernel of a user's neuron: loops around its functions. A mini-batch still evaluates all m samples, since the
 * functions know no other way; the rest is set to zero.
 */
export function customKernel(neuron: NeuronFunctions): NeuronKernel {
  return new CustomKernel(neuron);
}

class CustomKernel implements NeuronKernel {
  readonly implementation = 'custom';
  readonly dimension: number;
  samples: number;
  private rows: Int32Array | null = null;
  private outputs = new Float64Array(0);
  private set: Int32Array | null = null;
  private count = 0;
  private readonly x: Float64Array;
  private readonly phi: Float64Array;
  private readonly residual: Float64Array;
  private readonly gradient: Float64Array;

  constructor(private readonly neuron: NeuronFunctions) {
    this.dimension = neuron.dimension;
    this.samples = neuron.samples;
    this.x = new Float64Array(neuron.dimension);
    this.phi = new Float64Array(neuron.samples);
    this.residual = new Float64Array(neuron.samples);
    this.gradient = new Float64Array(neuron.dimension);
  }

  select(rows: Int32Array | null): void {
    this.rows = rows;
    this.samples = rows === null ? this.neuron.samples : rows.length;
    this.residual.fill(0);
    this.count = 0;
  }

  forward(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    out: Float64Array | null,
    weights: Float64Array | null = null,
  ): void {
    this.set = set;
    this.count = count;
    const { samples } = this;
    if (this.outputs.length < count * samples) this.outputs = new Float64Array(count * samples);
    if (out !== null) out.fill(0, 0, samples);
    for (let a = 0; a < count; a++) {
      this.load(particles, a);
      this.neuron.features(this.x, this.phi);
      const weight = weights === null ? 1 : weights[a]!;
      for (let j = 0; j < samples; j++) {
        const value = this.phi[this.sample(j)]!;
        this.outputs[a * samples + j] = value;
        if (out !== null) out[j]! += weight * value;
      }
    }
  }

  featuresInto(_particles: Float64Array, out: Float64Array): void {
    out.set(this.outputs.subarray(0, this.count * this.samples));
  }

  descend(particles: Float64Array, residual: Float64Array, step: number): void {
    for (let a = 0; a < this.count; a++) this.moveBy(particles, a, residual, 0, step);
  }

  descendEach(particles: Float64Array, residuals: Float64Array, step: number): void {
    for (let a = 0; a < this.count; a++) this.moveBy(particles, a, residuals, a * this.samples, step);
  }

  pullBackInto(
    particles: Float64Array,
    residual: Float64Array,
    penalty: Float64Array | null,
    scale: number,
    out: Float64Array,
  ): void {
    const { samples, dimension: p } = this;
    for (let a = 0; a < this.count; a++) {
      for (let j = 0; j < samples; j++)
        this.residual[this.sample(j)] =
          residual[j]! + (penalty === null ? 0 : penalty[j]! * this.outputs[a * samples + j]!);
      this.load(particles, a);
      this.neuron.pullBack(this.x, this.residual, this.gradient);
      for (let k = 0; k < p; k++) out[a * p + k] = scale * this.gradient[k]!;
    }
  }

  private row(a: number): number {
    return (this.set === null ? a : this.set[a]!) * this.dimension;
  }

  private sample(j: number): number {
    return this.rows === null ? j : this.rows[j]!;
  }

  private load(particles: Float64Array, a: number): void {
    const row = this.row(a);
    for (let k = 0; k < this.dimension; k++) this.x[k] = particles[row + k]!;
  }

  private moveBy(particles: Float64Array, a: number, residuals: Float64Array, from: number, step: number): void {
    for (let j = 0; j < this.samples; j++) this.residual[this.sample(j)] = residuals[from + j]!;
    this.load(particles, a);
    this.neuron.pullBack(this.x, this.residual, this.gradient);
    const row = this.row(a);
    for (let k = 0; k < this.dimension; k++) particles[row + k]! -= step * this.gradient[k]!;
  }
}
