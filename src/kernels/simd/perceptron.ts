import type { RowMajor } from '../../base/arrays.ts';
import type { ActivationName } from '../activation/index.ts';
import { ACTIVATIONS } from '../activation/index.ts';
import { addInto, BLOCK, type BlockKernel } from '../blocks.ts';
import type { SquaredLossStep } from '../kernel.ts';
import { CHUNK } from '../plain/perceptron.ts';
import { prepareActivation } from './activations.ts';
import { blockLayout } from './block-layout.ts';
import { type Engine, type Pull, type SimdImplementation, simdEngine } from './engine.ts';
import { copy } from './rows.ts';
import { packSamples } from './samples.ts';
import { Workspace } from './workspace.ts';

/** Stands for an array of sums that nobody reads outside the module. */
const SUMS_ONLY = new Float64Array(0);

/** Bytes of responses that one kernel keeps by default. */
const KEPT_BYTES = 2 ** 30;

/**
 * The perceptron kernel on WebAssembly SIMD: as `simd` with the bits of the plain one, as `simd-fma` with fused multiply-adds.
 *
 * Particles stay in the caller's arrays: chunks of 32 neurons are copied in, and their gradients out. Responses stay in the
 * module's memory, 8 bytes a neuron and sample (16 for softplus, erf and GELU), up to `keptBytes` (1 GiB); what does not fit,
 * or was evicted by other kernels between `forward` and an answer, is computed again.
 */
export function simdPerceptron(
  inputs: RowMajor,
  activation: ActivationName,
  bias: boolean,
  keptBytes = KEPT_BYTES,
  implementation: SimdImplementation = 'simd',
): BlockKernel {
  return new SimdPerceptron(inputs, activation, bias, keptBytes, implementation);
}

class SimdPerceptron implements BlockKernel {
  readonly dimension: number;
  samples = 0;
  private readonly engine: Engine;
  private readonly kind: number;
  private readonly keepsSlopes: boolean;
  private readonly workspace: Workspace;
  private set: Int32Array | null = null;
  private count = 0;

  constructor(
    private readonly inputs: RowMajor,
    activation: ActivationName,
    bias: boolean,
    keptBytes: number,
    readonly implementation: SimdImplementation,
  ) {
    this.engine = simdEngine(implementation)!;
    this.workspace = new Workspace(this.engine, keptBytes);
    this.dimension = 1 + inputs.columns + (bias ? 1 : 0);
    this.kind = prepareActivation(this.engine, activation);
    this.keepsSlopes = !ACTIVATIONS[activation].slopeFromValue;
    this.select(null);
  }

  select(rows: Int32Array | null): void {
    const { inputs } = this;
    this.samples = rows === null ? inputs.rows : rows.length;
    const layout = blockLayout(this.samples, inputs.columns, this.dimension, this.keepsSlopes);
    this.workspace.reset(layout, packSamples(inputs, rows));
    this.count = 0;
  }

  forward(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    out: Float64Array | null,
    weights: Float64Array | null = null,
  ): void {
    if (out !== null && count === 0) out.fill(0, 0, this.samples);
    this.respondAll(particles, set, count, out, weights, 0);
  }

  forwardBlocks(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    out: Float64Array,
    weights: Float64Array | null,
  ): void {
    this.respondAll(particles, set, count, out, weights, this.samples);
  }

  squaredLossStep(targets: Float64Array, weights: Float64Array): SquaredLossStep {
    this.workspace.setFit(targets, weights);
    return (particles, set, count, scale, step) => {
      const { layout } = this.workspace;
      const sums = this.sumsInside(particles, set, count);
      const at = this.workspace.at;
      const residual = at + layout.residual;
      const sum = this.engine.calls.squaredResidual(sums, this.samples, scale, at + layout.fit, residual);
      if (!Number.isFinite(sum)) return false;
      this.descendLoaded(particles, at, step);
      return true;
    };
  }

  descendAndFollow(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    residual: Float64Array,
    step: number,
    sums: Float64Array,
    before?: Float64Array,
  ): void {
    const { samples } = this;
    const { layout } = this.workspace;
    const { calls } = this.engine;
    const old = this.sumsInside(particles, set, count);
    if (before !== undefined) copy(this.engine.heap, old >>> 3, samples, before, 0);
    const at = this.workspace.at;
    const held = at + layout.held;
    calls.hold(old, samples, held);
    this.workspace.loadPadded(residual, 0, at + layout.residual);
    this.descendLoaded(particles, at, step);
    calls.subtractHeld(this.sumsInside(particles, set, count), samples, held);
    addInto(this.engine.heap, held >>> 3, samples, sums, 0);
  }

  /** As `forward`, but the sums stay in the module's memory; returns where. */
  private sumsInside(particles: Float64Array, set: Int32Array | null, count: number): number {
    this.respondAll(particles, set, count, SUMS_ONLY, null, 0);
    const { layout } = this.workspace;
    const sums = this.workspace.at + (count > BLOCK ? layout.total : layout.sums);
    if (count === 0) this.engine.heap.fill(0, sums >>> 3, (sums >>> 3) + layout.stride);
    return sums;
  }

  /**
   * Writes the sum of each block to `out`: apart if `stride` is their distance, and added up if it is 0. SUMS_ONLY leaves them in
   * the module's memory: in its `sums` if there is one block, and in its `total` if there are more.
   */
  private respondAll(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    out: Float64Array | null,
    weights: Float64Array | null,
    stride: number,
  ): void {
    this.set = set;
    this.count = count;
    const at = this.workspace.settle(count);
    const { samples } = this;
    const { layout, room } = this.workspace;
    const { heap } = this.engine;
    const sums = out === null ? 0 : at + layout.sums;
    const inside = out === SUMS_ONLY;
    for (let first = 0; first < count; first += CHUNK) {
      const lanes = Math.min(CHUNK, count - first);
      const weighted = out !== null && weights !== null;
      if (weighted) this.workspace.load(weights, first, lanes, at + layout.weights);
      const records = first < room ? layout.records + first * layout.record : layout.spill;
      this.respond(particles, first, lanes, at + records, weighted ? at + layout.weights : 0, sums, first % BLOCK);
      const last = first + CHUNK >= count;
      if (out === null || (!last && (first + CHUNK) % BLOCK !== 0) || (inside && count <= BLOCK)) continue;
      const block = Math.floor(first / BLOCK);
      const to = inside ? (at + layout.total) >>> 3 : block * stride;
      const length = inside ? layout.stride : samples;
      if (block === 0 || stride > 0) copy(heap, sums >>> 3, length, inside ? heap : out, to);
      else addInto(heap, sums >>> 3, length, inside ? heap : out, to);
    }
    this.workspace.kept = Math.min(count, room);
  }

  featuresInto(particles: Float64Array, out: Float64Array): void {
    const { samples, count, kind } = this;
    const at = this.workspace.resume(this.count);
    const { calls, heap } = this.engine;
    const from = at + this.workspace.layout.responses;
    for (let first = 0; first < count; first += CHUNK) {
      const lanes = Math.min(CHUNK, count - first);
      calls.features(kind, lanes, samples, this.recordsOf(particles, first, lanes, at), from);
      copy(heap, from >>> 3, lanes * samples, out, first * samples);
    }
  }

  descend(particles: Float64Array, residual: Float64Array, step: number): void {
    const at = this.workspace.resume(this.count);
    this.workspace.loadPadded(residual, 0, at + this.workspace.layout.residual);
    this.descendLoaded(particles, at, step);
  }

  /** Descends by the residual in the module's memory. */
  private descendLoaded(particles: Float64Array, at: number, step: number): void {
    const { count } = this;
    for (let first = 0; first < count; first += CHUNK) {
      const lanes = Math.min(CHUNK, count - first);
      this.pull(this.engine.calls.pull, particles, first, lanes, at, this.workspace.layout.residual, step);
      this.workspace.move(particles, this.set, first, lanes, this.dimension);
    }
  }

  descendEach(particles: Float64Array, residuals: Float64Array, step: number): void {
    const { count } = this;
    const at = this.workspace.resume(this.count);
    for (let first = 0; first < count; first += CHUNK) {
      const lanes = Math.min(CHUNK, count - first);
      this.workspace.loadRows(residuals, first, lanes, at + this.workspace.layout.responses);
      this.pull(this.engine.calls.pullEach, particles, first, lanes, at, this.workspace.layout.responses, step);
      this.workspace.move(particles, this.set, first, lanes, this.dimension);
    }
  }

  pullBackInto(
    particles: Float64Array,
    residual: Float64Array,
    penalty: Float64Array | null,
    scale: number,
    out: Float64Array,
  ): void {
    const { count, dimension } = this;
    const { layout } = this.workspace;
    const at = this.workspace.resume(this.count);
    const { calls, heap } = this.engine;
    this.workspace.loadPadded(residual, 0, at + layout.residual);
    if (penalty !== null) this.workspace.loadPadded(penalty, 0, at + layout.residual + layout.stride * 8);
    const pull = penalty === null ? calls.pull : calls.pullPenalized;
    for (let first = 0; first < count; first += CHUNK) {
      const lanes = Math.min(CHUNK, count - first);
      this.pull(pull, particles, first, lanes, at, layout.residual, scale);
      copy(heap, (at + layout.rows) >>> 3, lanes * dimension, out, first * dimension);
    }
  }

  /** Records of a chunk of the kept set; those not kept are computed again, to the same bits. */
  private recordsOf(particles: Float64Array, first: number, lanes: number, at: number): number {
    const { layout } = this.workspace;
    if (first < this.workspace.kept) return at + layout.records + first * layout.record;
    this.respond(particles, first, lanes, at + layout.spill, 0, 0, 0);
    return at + layout.spill;
  }

  /** `before` is the number of neurons that came before in the block whose sums are taken. */
  private respond(
    particles: Float64Array,
    first: number,
    lanes: number,
    records: number,
    weights: number,
    sums: number,
    before: number,
  ): void {
    const { dimension, inputs } = this;
    const { layout } = this.workspace;
    const at = this.workspace.at;
    this.workspace.gather(particles, this.set, first, lanes, dimension);
    this.engine.calls.forward(
      this.kind,
      at + layout.rows,
      dimension,
      lanes,
      inputs.columns,
      this.samples,
      at + layout.inputs,
      records,
      weights,
      at + layout.partial,
      sums,
      before === 0 ? 1 : 0,
    );
  }

  /** Gradients of a chunk times `scale` into its rows. */
  private pull(
    pull: Pull,
    particles: Float64Array,
    first: number,
    lanes: number,
    at: number,
    residual: number,
    scale: number,
  ): void {
    const { layout } = this.workspace;
    const records = this.recordsOf(particles, first, lanes, at);
    const { columns } = this.inputs;
    pull(
      this.kind,
      records,
      this.dimension,
      lanes,
      columns,
      this.samples,
      at + layout.columns,
      at + residual,
      scale,
      at + layout.scratch,
      at + layout.rows,
    );
  }
}
