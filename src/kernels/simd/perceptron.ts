import type { RowMajor } from '../../base/arrays.ts';
import type { ActivationName } from '../activation/index.ts';
import { ACTIVATIONS } from '../activation/index.ts';
import { addInto, BLOCK, type BlockKernel } from '../blocks.ts';
import type { SquaredLossStep } from '../kernel.ts';
import { CHUNK } from '../plain/perceptron.ts';
import { prepareActivation } from './activations.ts';
import type { Block } from './arena.ts';
import { type BlockLayout, blockLayout } from './block-layout.ts';
import { type Engine, type Pull, simdEngine } from './engine.ts';
import { clear, copy, gatherRows, subtract, subtractRows } from './rows.ts';
import { packSamples } from './samples.ts';

/** Stands for an array of sums that nobody reads outside the module. */
const SUMS_ONLY = new Float64Array(0);

/** Bytes of responses that one kernel keeps by default. */
const KEPT_BYTES = 2 ** 30;

/**
 * The perceptron kernel on WebAssembly SIMD. Same bits as the plain one.
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
): BlockKernel {
  return new SimdPerceptron(inputs, activation, bias, keptBytes);
}

class SimdPerceptron implements BlockKernel {
  readonly implementation = 'simd';
  readonly dimension: number;
  samples = 0;
  private readonly engine: Engine = simdEngine()!;
  private readonly kind: number;
  private readonly keepsSlopes: boolean;
  private packed: Float64Array = new Float64Array(0);
  private layout!: BlockLayout;
  private fit: Float64Array | null = null;
  private block: Block | null = null;
  /** Neurons that the block has room for, and those at the start of the set whose responses it holds. */
  private room = 0;
  private kept = 0;
  private set: Int32Array | null = null;
  private count = 0;

  constructor(
    private readonly inputs: RowMajor,
    activation: ActivationName,
    bias: boolean,
    private readonly keptBytes: number,
  ) {
    this.dimension = 1 + inputs.columns + (bias ? 1 : 0);
    this.kind = prepareActivation(this.engine, activation);
    this.keepsSlopes = !ACTIVATIONS[activation].slopeFromValue;
    this.select(null);
  }

  select(rows: Int32Array | null): void {
    const { inputs } = this;
    this.samples = rows === null ? inputs.rows : rows.length;
    this.packed = packSamples(inputs, rows);
    this.layout = blockLayout(this.samples, inputs.columns, this.dimension, this.keepsSlopes);
    this.block = null;
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
    const { stride } = this.layout;
    this.fit = new Float64Array(2 * stride);
    this.fit.set(targets);
    this.fit.set(weights, stride);
    this.block = null;
    return (particles, set, count, scale, step) => {
      const { layout } = this;
      const sums = this.sumsInside(particles, set, count);
      const at = this.block!.start;
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
  ): void {
    const { layout, samples } = this;
    const { calls } = this.engine;
    const old = this.sumsInside(particles, set, count);
    const at = this.block!.start;
    const held = at + layout.held;
    calls.hold(old, samples, held);
    this.loadPadded(residual, 0, at + layout.residual);
    this.descendLoaded(particles, at, step);
    calls.subtractHeld(this.sumsInside(particles, set, count), samples, held);
    addInto(this.engine.heap, held >>> 3, samples, sums, 0);
  }

  /** As `forward`, but the sums stay in the module's memory; returns where. */
  private sumsInside(particles: Float64Array, set: Int32Array | null, count: number): number {
    this.respondAll(particles, set, count, SUMS_ONLY, null, 0);
    const { layout } = this;
    const sums = this.block!.start + (count > BLOCK ? layout.total : layout.sums);
    if (count === 0) clear(this.engine.heap, sums >>> 3, layout.stride);
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
    const at = this.settle();
    const { layout, samples, room } = this;
    const { heap } = this.engine;
    const sums = out === null ? 0 : at + layout.sums;
    const inside = out === SUMS_ONLY;
    for (let first = 0; first < count; first += CHUNK) {
      const lanes = Math.min(CHUNK, count - first);
      const weighted = out !== null && weights !== null;
      if (weighted) this.load(weights, first, lanes, at + layout.weights);
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
    this.kept = Math.min(count, room);
  }

  featuresInto(particles: Float64Array, out: Float64Array): void {
    const { samples, count, kind } = this;
    const at = this.resume();
    const { calls, heap } = this.engine;
    const from = at + this.layout.responses;
    for (let first = 0; first < count; first += CHUNK) {
      const lanes = Math.min(CHUNK, count - first);
      calls.features(kind, lanes, samples, this.recordsOf(particles, first, lanes, at), from);
      copy(heap, from >>> 3, lanes * samples, out, first * samples);
    }
  }

  descend(particles: Float64Array, residual: Float64Array, step: number): void {
    const at = this.resume();
    this.loadPadded(residual, 0, at + this.layout.residual);
    this.descendLoaded(particles, at, step);
  }

  /** Descends by the residual in the module's memory. */
  private descendLoaded(particles: Float64Array, at: number, step: number): void {
    const { count } = this;
    for (let first = 0; first < count; first += CHUNK) {
      const lanes = Math.min(CHUNK, count - first);
      this.pull(this.engine.calls.pull, particles, first, lanes, at, this.layout.residual, step);
      this.move(particles, first, lanes, at);
    }
  }

  descendEach(particles: Float64Array, residuals: Float64Array, step: number): void {
    const { count } = this;
    const at = this.resume();
    for (let first = 0; first < count; first += CHUNK) {
      const lanes = Math.min(CHUNK, count - first);
      this.loadRows(residuals, first, lanes, at + this.layout.responses);
      this.pull(this.engine.calls.pullEach, particles, first, lanes, at, this.layout.responses, step);
      this.move(particles, first, lanes, at);
    }
  }

  pullBackInto(
    particles: Float64Array,
    residual: Float64Array,
    penalty: Float64Array | null,
    scale: number,
    out: Float64Array,
  ): void {
    const { count, dimension, layout } = this;
    const at = this.resume();
    const { calls, heap } = this.engine;
    this.loadPadded(residual, 0, at + layout.residual);
    if (penalty !== null) this.loadPadded(penalty, 0, at + layout.residual + layout.stride * 8);
    const pull = penalty === null ? calls.pull : calls.pullPenalized;
    for (let first = 0; first < count; first += CHUNK) {
      const lanes = Math.min(CHUNK, count - first);
      this.pull(pull, particles, first, lanes, at, layout.residual, scale);
      copy(heap, (at + layout.rows) >>> 3, lanes * dimension, out, first * dimension);
    }
  }

  /** Start of the block, which has room for as many of `count` neurons as may be kept, and holds the samples. */
  private settle(): number {
    const { count, layout, block } = this;
    const limit = Math.floor(this.keptBytes / (CHUNK * layout.record));
    const wanted = Math.min(Math.ceil(count / CHUNK), limit) * CHUNK;
    if (block?.alive && this.room >= wanted) return block.start;
    // Active counts vary from step to step: a little more than is needed now spares moves later.
    const spare = block === null ? wanted : wanted + Math.ceil(wanted / (8 * CHUNK)) * CHUNK;
    const { arena } = this.engine;
    let room = spare;
    let found = arena.allocate(layout.records + room * layout.record);
    if (found === null) {
      room = 0;
      found = arena.allocate(layout.records);
    }
    if (found === null) throw new RangeError(`no WebAssembly memory left for a kernel on ${this.samples} samples`);
    if (block !== null) block.alive = false;
    this.block = found;
    this.room = room;
    this.kept = 0;
    this.engine.heap.set(this.packed, (found.start + layout.inputs) / 8);
    if (this.fit?.length === 2 * layout.stride) this.engine.heap.set(this.fit, (found.start + layout.fit) / 8);
    return found.start;
  }

  /** As `settle`, for an answer: where the block was evicted, no responses are kept any more. */
  private resume(): number {
    if (!this.block?.alive) this.block = null;
    return this.settle();
  }

  /** Records of a chunk of the kept set; those not kept are computed again, to the same bits. */
  private recordsOf(particles: Float64Array, first: number, lanes: number, at: number): number {
    const { layout } = this;
    if (first < this.kept) return at + layout.records + first * layout.record;
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
    const { layout, dimension, inputs } = this;
    const at = this.block!.start;
    this.gather(particles, first, lanes, at);
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
    const { layout } = this;
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

  /** Copies the particles of a chunk into its rows. */
  private gather(particles: Float64Array, first: number, lanes: number, at: number): void {
    const { set, dimension: p } = this;
    const { heap } = this.engine;
    const rows = (at + this.layout.rows) >>> 3;
    if (set === null) copy(particles, Math.imul(first, p), Math.imul(lanes, p), heap, rows);
    else gatherRows(particles, set, first, lanes, p, heap, rows);
  }

  /** Subtracts the rows of a chunk from its particles. */
  private move(particles: Float64Array, first: number, lanes: number, at: number): void {
    const { set, dimension: p } = this;
    const { heap } = this.engine;
    const rows = (at + this.layout.rows) >>> 3;
    if (set === null) subtract(heap, rows, Math.imul(lanes, p), particles, Math.imul(first, p));
    else subtractRows(heap, rows, set, first, lanes, p, particles);
  }

  private load(values: Float64Array, from: number, count: number, to: number): void {
    copy(values, from, count, this.engine.heap, to >>> 3);
  }

  /** One number for each sample, padded to an even number. */
  private loadPadded(values: Float64Array, from: number, to: number): void {
    const { samples } = this;
    this.load(values, from, samples, to);
    if (samples & 1) this.engine.heap[(to >>> 3) + samples] = 0;
  }

  /** Rows first … of `[count, samples]`, each padded to an even number. */
  private loadRows(values: Float64Array, first: number, lanes: number, to: number): void {
    const { samples, layout } = this;
    if (samples === layout.stride) this.load(values, first * samples, lanes * samples, to);
    else for (let a = 0; a < lanes; a++) this.loadPadded(values, (first + a) * samples, to + a * layout.stride * 8);
  }
}
