import type { RowMajor } from '../../base/arrays.ts';
import type { Activation } from '../activation/index.ts';
import { addInto, BLOCK, type BlockKernel } from '../blocks.ts';
import {
  accumulateInto,
  LANES,
  preActivationsInto,
  scaleRowsInto,
  weighSlopesInto,
  weightedColumnsInto,
} from './tile.ts';

/**
 * The plain TypeScript kernel of the perceptron neuron x = (a, b_1 … b_d, bias?), φ_j(x) = a σ(⟨b, z_j⟩ + bias).
 *
 * Neurons are taken four at a time. Responses are kept as σ (and σ′ where it is not a function of σ),
 * `[tile][sample][lane]`: 8 bytes a neuron and sample, 16 for softplus, erf and GELU. Sums over neurons add pairs up, and are made of
 * sums over blocks of 128, and those of sums over chunks of 32 (blocks.ts).
 *
 * The SIMD kernel (assembly/) adds in the same order and gives the same bits.
 */
export function plainPerceptron(inputs: RowMajor, activation: Activation, bias: boolean): BlockKernel {
  return new PlainPerceptron(inputs, activation, bias);
}

/** Neurons whose responses are summed before they join the total. */
export const CHUNK = 32;

class PlainPerceptron implements BlockKernel {
  readonly implementation = 'plain';
  readonly dimension: number;
  samples: number;
  /** d, the number of inputs of a neuron. */
  private readonly inner: number;
  /** Inputs by sample `[m, d]` for the way forward and by coordinate `[d, m]` for the way back. */
  private readonly bySample: Float64Array;
  private readonly byCoordinate: Float64Array;
  private values = new Float64Array(0);
  private slopes = new Float64Array(0);
  private set: Int32Array | null = null;
  private count = 0;
  /** Of the tile at hand: inner weights and biases, outer weights, row offsets, residuals, gradient. */
  private readonly packed: Float64Array;
  private readonly outer = new Float64Array(LANES);
  private readonly weighted = new Float64Array(LANES);
  private readonly offsets = new Int32Array(LANES);
  private readonly residuals: Float64Array;
  private readonly tileSlopes: Float64Array;
  private readonly gradient: Float64Array;
  /** Sums over the chunk at hand. */
  private readonly partial: Float64Array;
  /** Sums over the block at hand. */
  private readonly block: Float64Array;

  constructor(
    private readonly inputs: RowMajor,
    private readonly activation: Activation,
    private readonly bias: boolean,
  ) {
    this.inner = inputs.columns;
    this.dimension = 1 + this.inner + (bias ? 1 : 0);
    this.samples = inputs.rows;
    this.packed = new Float64Array((this.inner + 1) * LANES);
    this.gradient = new Float64Array((this.inner + 2) * LANES);
    this.bySample = new Float64Array(inputs.data.length);
    this.byCoordinate = new Float64Array(inputs.data.length);
    this.residuals = new Float64Array(inputs.rows * LANES);
    this.tileSlopes = new Float64Array(inputs.rows * LANES);
    this.partial = new Float64Array(inputs.rows);
    this.block = new Float64Array(inputs.rows);
    this.select(null);
  }

  select(rows: Int32Array | null): void {
    const m = rows === null ? this.inputs.rows : rows.length;
    const d = this.inner;
    const source = this.inputs.data;
    for (let j = 0; j < m; j++) {
      const from = (rows === null ? j : rows[j]!) * d;
      for (let k = 0; k < d; k++) {
        const z = source[from + k]!;
        this.bySample[j * d + k] = z;
        this.byCoordinate[k * m + j] = z;
      }
    }
    this.samples = m;
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
    const { activation, values, slopes, samples } = this.reserve(count);
    const { block } = this;
    const width = samples * LANES;
    for (let first = 0, base = 0; first < count; first += LANES, base += width) {
      this.pack(particles, first);
      preActivationsInto(this.packed, this.bySample, samples, this.inner, values, base);
      if (activation.bothInto !== undefined) activation.bothInto(values, base, width, values, slopes);
      else {
        if (!activation.slopeFromValue) activation.slopesInto(values, base, width, slopes, base);
        activation.valuesInto(values, base, width, values, base);
      }
      if (out === null) continue;
      for (let l = 0; l < LANES; l++)
        this.weighted[l] = this.outer[l]! * (weights === null ? 1 : first + l < count ? weights[first + l]! : 0);
      const next = first + LANES;
      if (first % BLOCK === 0) block.fill(0, 0, samples);
      if (first % CHUNK === 0) this.partial.fill(0, 0, samples);
      accumulateInto(values, base, samples, this.weighted, Math.min(LANES, count - first), this.partial);
      if (next % CHUNK === 0 || next >= count) addInto(this.partial, 0, samples, block, 0);
      if (next % BLOCK === 0 || next >= count) addInto(block, 0, samples, out, Math.floor(first / BLOCK) * stride);
    }
  }

  featuresInto(particles: Float64Array, out: Float64Array): void {
    const { samples, count, values } = this;
    for (let first = 0, base = 0; first < count; first += LANES, base += samples * LANES) {
      this.locate(particles, first);
      const lanes = Math.min(LANES, count - first);
      for (let l = 0; l < lanes; l++) {
        const a = this.outer[l]!;
        const row = (first + l) * samples;
        for (let j = 0; j < samples; j++) out[row + j] = a * values[base + j * LANES + l]!;
      }
    }
  }

  descend(particles: Float64Array, residual: Float64Array, step: number): void {
    for (let first = 0; first < this.count; first += LANES) {
      this.locate(particles, first);
      this.broadcastResidual(residual);
      this.gradientOfTile(first);
      this.moveTile(particles, first, step);
    }
  }

  descendEach(particles: Float64Array, residuals: Float64Array, step: number): void {
    const { samples, count } = this;
    for (let first = 0; first < count; first += LANES) {
      this.locate(particles, first);
      const lanes = Math.min(LANES, count - first);
      for (let l = 0; l < lanes; l++)
        for (let j = 0, from = (first + l) * samples; j < samples; j++)
          this.residuals[j * LANES + l] = residuals[from + j]!;
      this.gradientOfTile(first);
      this.moveTile(particles, first, step);
    }
  }

  pullBackInto(
    particles: Float64Array,
    residual: Float64Array,
    penalty: Float64Array | null,
    scale: number,
    out: Float64Array,
  ): void {
    const { samples, count, dimension: p, values, outer } = this;
    for (let first = 0; first < count; first += LANES) {
      this.locate(particles, first);
      this.broadcastResidual(residual);
      if (penalty !== null) {
        const base = first * samples;
        for (let j = 0; j < samples; j++)
          for (let l = 0; l < LANES; l++)
            this.residuals[j * LANES + l]! += penalty[j]! * outer[l]! * values[base + j * LANES + l]!;
      }
      this.gradientOfTile(first);
      const lanes = Math.min(LANES, count - first);
      for (let l = 0; l < lanes; l++)
        for (let k = 0; k < p; k++) out[(first + l) * p + k] = scale * this.gradient[k * LANES + l]!;
    }
  }

  /** Makes room for the responses of `count` neurons. */
  private reserve(count: number): this {
    const size = Math.ceil(count / LANES) * LANES * this.samples;
    if (this.values.length < size) {
      this.values = new Float64Array(size);
      if (!this.activation.slopeFromValue) this.slopes = new Float64Array(size);
    }
    return this;
  }

  /** Finds the rows and outer weights of the tile; lanes beyond the set repeat its last neuron with outer weight 0. */
  private locate(particles: Float64Array, first: number): void {
    for (let l = 0; l < LANES; l++) {
      const inside = first + l < this.count;
      const a = inside ? first + l : this.count - 1;
      const row = (this.set === null ? a : this.set[a]!) * this.dimension;
      this.offsets[l] = row;
      this.outer[l] = inside ? particles[row]! : 0;
    }
  }

  private pack(particles: Float64Array, first: number): void {
    this.locate(particles, first);
    const { packed, inner } = this;
    for (let l = 0; l < LANES; l++) {
      const row = this.offsets[l]! + 1;
      for (let k = 0; k < inner; k++) packed[k * LANES + l] = particles[row + k]!;
      packed[inner * LANES + l] = this.bias ? particles[row + inner]! : 0;
    }
  }

  private broadcastResidual(residual: Float64Array): void {
    const { residuals, samples } = this;
    for (let j = 0, write = 0; j < samples; j++, write += LANES) {
      const r = residual[j]!;
      residuals[write] = r;
      residuals[write + 1] = r;
      residuals[write + 2] = r;
      residuals[write + 3] = r;
    }
  }

  /** Dφ(x)ᵀ of the tile's residuals, `[p][lane]`: Σ_j r_j σ_j, then a Σ_j r_j σ′_j z_j and a Σ_j r_j σ′_j. */
  private gradientOfTile(first: number): void {
    const { activation, samples, inner, residuals, tileSlopes, gradient, outer, values } = this;
    const width = samples * LANES;
    const base = first * samples;
    if (activation.slopeFromValue) activation.slopesInto(values, base, width, tileSlopes, 0);
    else tileSlopes.set(this.slopes.subarray(base, base + width));
    weighSlopesInto(tileSlopes, residuals, values, base, samples, gradient, (1 + inner) * LANES);
    weightedColumnsInto(tileSlopes, this.byCoordinate, samples, inner, gradient, LANES);
    scaleRowsInto(gradient, outer, this.dimension);
  }

  private moveTile(particles: Float64Array, first: number, step: number): void {
    const lanes = Math.min(LANES, this.count - first);
    for (let l = 0; l < lanes; l++) {
      const row = this.offsets[l]!;
      for (let k = 0; k < this.dimension; k++) particles[row + k]! -= step * this.gradient[k * LANES + l]!;
    }
  }
}
