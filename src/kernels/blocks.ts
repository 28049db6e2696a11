import type { NeuronKernel } from './kernel.ts';

/**
 * Neurons whose weighted outputs are summed from zero before they join the total, in order. A sum over neurons is thus fixed
 * by the set alone, however its blocks are shared among threads, and errs by about n/128 roundings at worst. Small enough
 * that a thousand neurons can be shared, large enough that the sums of blocks cost next to nothing.
 */
export const BLOCK = 128;

/** A kernel that can leave the sums of blocks apart, for others to add. */
export interface BlockKernel extends NeuronKernel {
  /** As `forward`, but `out` receives the sum of each block of BLOCK neurons, `[⌈count/BLOCK⌉, samples]`. */
  forwardBlocks(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    out: Float64Array,
    weights: Float64Array | null,
  ): void;
}

/** out[at + j] += sums[from + j], j < count. */
export function addInto(sums: Float64Array, from: number, count: number, out: Float64Array, at: number): void {
  for (let j = 0; j < count; j++) out[at + j]! += sums[from + j]!;
}
