import { CHUNK } from '../plain/perceptron.ts';
import type { Block } from './arena.ts';
import type { BlockLayout } from './block-layout.ts';
import type { Engine } from './engine.ts';
import { copy, gatherRows, subtract, subtractRows } from './rows.ts';

/** Numbers beyond which the engine's own copy is faster than a loop. */
const LONG = 256;

/** A kernel's block of the module's memory, and what is written there before the module is called. */
export class Workspace {
  layout!: BlockLayout;
  /** Start of the block; only between `settle` or `resume` and the next call that may evict it. */
  at = 0;
  /** Neurons that the block has room for, and those at the start of the set whose responses it holds. */
  room = 0;
  kept = 0;
  /** Neurons that room was asked for: more than `room` where the memory could not grow so far. */
  private asked = 0;
  private packed: Float64Array = new Float64Array(0);
  /** Targets and sample weights of the squared loss, each padded to the stride of all samples. */
  private fit: Float64Array | null = null;
  private block: Block | null = null;
  private viewed: Float64Array | null = null;
  private readonly views: Float64Array[] = [];

  /** @param keptBytes - bytes of responses that may be kept */
  constructor(
    private readonly engine: Engine,
    private readonly keptBytes: number,
  ) {}

  /** Starts over with other samples. */
  reset(layout: BlockLayout, packed: Float64Array): void {
    this.layout = layout;
    this.packed = packed;
    this.block = null;
  }

  /** Keeps these beside the samples whenever those are all. */
  setFit(targets: Float64Array, weights: Float64Array): void {
    const { stride } = this.layout;
    if (this.fit?.length === 2 * stride && startsWith(this.fit, 0, targets) && startsWith(this.fit, stride, weights))
      return;
    this.fit = new Float64Array(2 * stride);
    this.fit.set(targets);
    this.fit.set(weights, stride);
    this.block = null;
  }

  /** Start of the block, which has room for as many of `count` neurons as may be kept, and holds the samples. */
  settle(count: number): number {
    const { layout, block } = this;
    const limit = Math.floor(this.keptBytes / (CHUNK * layout.record));
    const wanted = Math.min(Math.ceil(count / CHUNK), limit) * CHUNK;
    if (block?.alive && this.asked >= wanted) {
      this.at = block.start;
      return block.start;
    }
    // Active counts vary from step to step: a little more than is needed now spares moves later.
    const spare = block === null ? wanted : wanted + Math.ceil(wanted / (8 * CHUNK)) * CHUNK;
    const { arena } = this.engine;
    let room = spare;
    let found = arena.allocate(layout.records + room * layout.record);
    if (found === null) {
      room = 0;
      found = arena.allocate(layout.records);
    }
    if (found === null) throw new RangeError(`no WebAssembly memory left for a kernel on ${layout.samples} samples`);
    if (block !== null) block.alive = false;
    this.block = found;
    this.at = found.start;
    this.room = room;
    this.asked = spare;
    this.kept = 0;
    this.engine.heap.set(this.packed, (found.start + layout.inputs) / 8);
    if (this.fit?.length === 2 * layout.stride) this.engine.heap.set(this.fit, (found.start + layout.fit) / 8);
    return found.start;
  }

  /** As `settle`, for an answer: where the block was evicted, no responses are kept any more. */
  resume(count: number): number {
    if (!this.block?.alive) this.block = null;
    return this.settle(count);
  }

  load(values: Float64Array, from: number, count: number, to: number): void {
    copy(values, from, count, this.engine.heap, to >>> 3);
  }

  /** One number for each sample, padded to an even number. */
  loadPadded(values: Float64Array, from: number, to: number): void {
    const { samples } = this.layout;
    this.load(values, from, samples, to);
    if (samples & 1) this.engine.heap[(to >>> 3) + samples] = 0;
  }

  /** Rows first … of `[count, samples]`, each padded to an even number. */
  loadRows(values: Float64Array, first: number, lanes: number, to: number): void {
    const { layout } = this;
    const { samples } = layout;
    if (samples === layout.stride) this.load(values, first * samples, lanes * samples, to);
    else for (let a = 0; a < lanes; a++) this.loadPadded(values, (first + a) * samples, to + a * layout.stride * 8);
  }

  /** Copies the particles of a chunk `[lanes, p]` into its rows. */
  gather(particles: Float64Array, set: Int32Array | null, first: number, lanes: number, p: number): void {
    const { heap } = this.engine;
    const rows = (this.at + this.layout.rows) >>> 3;
    const numbers = Math.imul(lanes, p);
    if (set === null && numbers > LONG) heap.set(this.viewOf(particles, first, numbers), rows);
    else if (set === null) copy(particles, Math.imul(first, p), numbers, heap, rows);
    else gatherRows(particles, set, first, lanes, p, heap, rows);
  }

  /** The numbers of a chunk of all neurons. Views are kept, so that only the first step on an array allocates. */
  private viewOf(particles: Float64Array, first: number, numbers: number): Float64Array {
    if (this.viewed !== particles) this.views.length = 0;
    this.viewed = particles;
    const chunk = first / CHUNK;
    const view = this.views[chunk];
    if (view?.length === numbers) return view;
    const from = first * this.layout.dimension;
    const made = particles.subarray(from, from + numbers);
    this.views[chunk] = made;
    return made;
  }

  /** Subtracts the rows of a chunk from its particles. */
  move(particles: Float64Array, set: Int32Array | null, first: number, lanes: number, p: number): void {
    const { heap } = this.engine;
    const rows = (this.at + this.layout.rows) >>> 3;
    if (set === null) subtract(heap, rows, Math.imul(lanes, p), particles, Math.imul(first, p));
    else subtractRows(heap, rows, set, first, lanes, p, particles);
  }
}

function startsWith(values: Float64Array, at: number, start: Float64Array): boolean {
  for (let j = 0; j < start.length; j++) if (values[at + j] !== start[j]) return false;
  return true;
}
