import { addInto, BLOCK, type BlockKernel } from '../blocks.ts';
import type { NeuronKernel, SquaredLossStep } from '../kernel.ts';
import {
  type Call,
  DESCEND,
  DESCEND_EACH,
  FEATURES,
  FORWARD,
  ON_COPIES,
  PULL_BACK,
  WITH_PENALTY,
  WITH_SET,
  WITH_SUMS,
  WITH_WEIGHTS,
} from './control.ts';
import type { SharedArrays, SharedName } from './share.ts';
import { SharedMemory } from './shared-memory.ts';

/** How a kernel reaches the threads of its team. */
export interface TeamLink {
  /** Makes an array known to all threads. */
  place<N extends SharedName>(name: N, array: SharedArrays[N]): void;
  /** Runs a call on all threads and returns when all are done. */
  run(call: Omit<Call, 'kernel'>): void;
}

/**
 * The kernel that a team gives to the calling thread. Sets too small to share go to the kernel of this thread alone. For others
 * each thread responds to, and later moves, the same contiguous blocks of the set; this thread adds the blocks' sums up in order.
 */
export class TeamKernel implements NeuronKernel {
  readonly implementation: string;
  readonly dimension: number;
  private readonly memory: SharedMemory;
  private together = false;
  /** Whether the threads work on a copy of the set's rows, because particles are not in shared memory. */
  private copied = false;
  private particles: Float64Array | null = null;
  private set: Int32Array | null = null;
  private count = 0;
  private batch = -1;
  private selection = 0;

  /**
   * @param alone - the kernel of the calling thread
   * @param allSamples - m
   * @param grain - multiplications from which on a call is shared
   */
  constructor(
    private readonly alone: BlockKernel,
    private readonly allSamples: number,
    private readonly grain: number,
    private readonly link: TeamLink,
  ) {
    this.implementation = alone.implementation;
    this.dimension = alone.dimension;
    this.memory = new SharedMemory((name, array) => link.place(name, array));
  }

  squaredLossStep(targets: Float64Array, weights: Float64Array): SquaredLossStep {
    const { allSamples: m } = this;
    const alone = this.alone.squaredLossStep?.(targets, weights);
    const residual = new Float64Array(m);
    return (particles, set, count, scale, step) => {
      if (alone !== undefined && !this.pays(count)) {
        this.together = false;
        return alone(particles, set, count, scale, step);
      }
      this.forward(particles, set, count, residual);
      let sum = 0;
      for (let j = 0; j < m; j++) {
        residual[j] = weights[j]! * (residual[j]! * scale - targets[j]!);
        sum += residual[j]!;
      }
      if (!Number.isFinite(sum)) return false;
      if (count > 0) this.descend(particles, residual, step);
      return true;
    };
  }

  get samples(): number {
    return this.alone.samples;
  }

  select(rows: Int32Array | null): void {
    this.alone.select(rows);
    this.batch = rows === null ? -1 : rows.length;
    if (rows !== null) this.memory.integers('rows', this.allSamples).set(rows);
    this.selection++;
    this.count = 0;
  }

  forward(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    out: Float64Array | null,
    weights: Float64Array | null = null,
  ): void {
    this.together = this.pays(count);
    if (!this.together) {
      this.alone.forward(particles, set, count, out, weights);
      return;
    }
    this.particles = particles;
    this.set = set;
    this.count = count;
    this.copied = !(particles.buffer instanceof SharedArrayBuffer);
    if (this.copied) this.copyRows(particles);
    else this.memory.use('particles', particles);
    let flags = this.copied ? ON_COPIES : 0;
    if (set !== null && !this.copied) {
      this.memory.integers('set', count).set(set.subarray(0, count));
      flags |= WITH_SET;
    }
    if (out === null) this.run(FORWARD, flags);
    else this.sum(flags | WITH_SUMS, weights, out);
  }

  featuresInto(particles: Float64Array, out: Float64Array): void {
    if (!this.together) {
      this.alone.featuresInto(particles, out);
      return;
    }
    const size = this.count * this.samples;
    const features = this.memory.floats('responses', size);
    this.run(FEATURES);
    out.set(features.subarray(0, size));
  }

  descend(particles: Float64Array, residual: Float64Array, step: number): void {
    if (!this.together) {
      this.alone.descend(particles, residual, step);
      return;
    }
    this.settleOn(particles);
    this.loadResidual(residual, null);
    this.run(DESCEND, 0, step);
    if (this.copied) this.copyBack(particles);
  }

  descendEach(particles: Float64Array, residuals: Float64Array, step: number): void {
    if (!this.together) {
      this.alone.descendEach(particles, residuals, step);
      return;
    }
    this.settleOn(particles);
    const size = this.count * this.samples;
    this.memory.floats('responses', size).set(residuals.subarray(0, size));
    this.run(DESCEND_EACH, 0, step);
    if (this.copied) this.copyBack(particles);
  }

  pullBackInto(
    particles: Float64Array,
    residual: Float64Array,
    penalty: Float64Array | null,
    scale: number,
    out: Float64Array,
  ): void {
    if (!this.together) {
      this.alone.pullBackInto(particles, residual, penalty, scale, out);
      return;
    }
    const size = this.count * this.dimension;
    const gradients = this.memory.floats('gradients', size);
    this.loadResidual(residual, penalty);
    this.run(PULL_BACK, penalty === null ? 0 : WITH_PENALTY, scale);
    out.set(gradients.subarray(0, size));
  }

  private pays(count: number): boolean {
    return count > BLOCK && count * this.samples * this.dimension >= this.grain;
  }

  private sum(flags: number, weights: Float64Array | null, out: Float64Array): void {
    const { count, samples } = this;
    const blocks = Math.ceil(count / BLOCK);
    const sums = this.memory.floats('sums', blocks * this.allSamples);
    if (weights !== null) this.memory.floats('weights', count).set(weights.subarray(0, count));
    this.run(FORWARD, weights === null ? flags : flags | WITH_WEIGHTS);
    out.fill(0, 0, samples);
    for (let b = 0; b < blocks; b++) addInto(sums, b * samples, samples, out, 0);
  }

  private loadResidual(residual: Float64Array, penalty: Float64Array | null): void {
    const { samples } = this;
    const shared = this.memory.floats('residual', 2 * this.allSamples);
    for (let j = 0; j < samples; j++) {
      shared[j] = residual[j]!;
      if (penalty !== null) shared[samples + j] = penalty[j]!;
    }
  }

  private run(operation: number, flags = 0, scale = 0): void {
    const { count, batch, selection } = this;
    this.link.run({ operation, count, flags, batch, selection, scale });
  }

  /**
   * Before particles are moved that are not the array of `forward` but one with the same rows: where that array itself would
   * be moved, the threads respond to the other one again.
   */
  private settleOn(particles: Float64Array): void {
    if (!this.copied && particles !== this.particles) this.forward(particles, this.set, this.count, null);
  }

  private copyRows(particles: Float64Array): void {
    const { set, count, dimension: p } = this;
    const rows = this.memory.floats('copies', count * p);
    if (set === null) rows.set(particles.subarray(0, count * p));
    else
      for (let a = 0, write = 0; a < count; a++)
        for (let read = set[a]! * p, end = read + p; read < end; read++, write++) rows[write] = particles[read]!;
  }

  private copyBack(particles: Float64Array): void {
    const { set, count, dimension: p } = this;
    const rows = this.memory.floats('copies', count * p);
    if (set === null) particles.set(rows.subarray(0, count * p));
    else
      for (let a = 0, read = 0; a < count; a++)
        for (let write = set[a]! * p, end = write + p; write < end; write++, read++) particles[write] = rows[read]!;
  }
}
