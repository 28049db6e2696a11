import { BLOCK, type BlockKernel } from '../blocks.ts';
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

/** The arrays that the threads of a team share for one kernel. */
export interface SharedArrays {
  /** `[n, p]`, the caller's own. */
  particles: Float64Array;
  /** The rows of the set, copied, `[count, p]`. */
  copies: Float64Array;
  set: Int32Array;
  weights: Float64Array;
  /** Sums of the blocks, `[⌈count/128⌉, samples]`. */
  sums: Float64Array;
  /** A residual and a penalty, `[2, samples]`. */
  residual: Float64Array;
  /** One number for each neuron and sample: residuals in, features out. */
  responses: Float64Array;
  /** Gradients out, `[count, p]`. */
  gradients: Float64Array;
  /** The mini-batch. */
  rows: Int32Array;
}

export type SharedName = keyof SharedArrays;

/** What one thread does of the calls on one kernel: the blocks that are its own. The same code runs on all threads. */
export class Share {
  private readonly arrays: SharedArrays;
  private selection = 0;
  private first = 0;
  private last = 0;
  private own: Float64Array = new Float64Array(0);

  constructor(
    private readonly kernel: BlockKernel,
    private readonly index: number,
    private readonly threads: number,
  ) {
    const none = new Float64Array(0);
    this.arrays = {
      particles: none,
      copies: none,
      set: new Int32Array(0),
      weights: none,
      sums: none,
      residual: none,
      responses: none,
      gradients: none,
      rows: new Int32Array(0),
    };
  }

  place<N extends SharedName>(name: N, array: SharedArrays[N]): void {
    this.arrays[name] = array;
  }

  run(call: Call): void {
    if (call.operation === FORWARD) this.forward(call);
    else if (this.first < this.last) this.answer(call);
  }

  private forward({ count, flags, batch, selection }: Call): void {
    const { kernel, index, threads, arrays } = this;
    if (selection !== this.selection) kernel.select(batch < 0 ? null : arrays.rows.subarray(0, batch));
    this.selection = selection;
    const { samples, dimension: p } = kernel;
    const blocks = Math.ceil(count / BLOCK);
    const block = Math.floor((blocks * index) / threads);
    const first = block * BLOCK;
    const last = Math.min(Math.floor((blocks * (index + 1)) / threads) * BLOCK, count);
    this.first = first;
    this.last = last;
    if (first >= last) return;
    const set = (flags & WITH_SET) !== 0 ? arrays.set.subarray(first, last) : null;
    const particles = (flags & ON_COPIES) !== 0 ? arrays.copies : arrays.particles;
    this.own = set === null ? particles.subarray(first * p, last * p) : particles;
    if ((flags & WITH_SUMS) === 0) {
      kernel.forward(this.own, set, last - first, null);
      return;
    }
    const weights = (flags & WITH_WEIGHTS) !== 0 ? arrays.weights.subarray(first, last) : null;
    kernel.forwardBlocks(this.own, set, last - first, arrays.sums.subarray(block * samples), weights);
  }

  private answer({ operation, flags, scale }: Call): void {
    const { kernel, arrays, first, last, own } = this;
    const { samples: m, dimension: p } = kernel;
    const { residual } = arrays;
    if (operation === DESCEND) kernel.descend(own, residual, scale);
    else if (operation === DESCEND_EACH) kernel.descendEach(own, arrays.responses.subarray(first * m, last * m), scale);
    else if (operation === FEATURES) kernel.featuresInto(own, arrays.responses.subarray(first * m, last * m));
    else if (operation === PULL_BACK) {
      const penalty = (flags & WITH_PENALTY) !== 0 ? residual.subarray(m, 2 * m) : null;
      kernel.pullBackInto(own, residual, penalty, scale, arrays.gradients.subarray(first * p, last * p));
    }
  }
}
