import type { KernelDescription } from '../description.ts';
import type { NeuronKernel } from '../kernel.ts';

/**
 * Threads that work on one run together, the calling thread among them. Nothing here knows how threads are started: in Node
 * `startTeam` of `meanfield/experiment` does it.
 *
 * A team works for one caller at a time, which waits for it: calls block the calling thread as those of any kernel do.
 */
export interface Team {
  /** How many, with the calling thread. */
  readonly threads: number;
  /** `length` zeros that all threads see: particles in such an array are not copied. */
  allocate(length: number): Float64Array;
  /**
   * A kernel whose work is shared by the threads where that pays, with the bits of the kernel of one thread. Takes particles in
   * any array; those from elsewhere than `allocate` are copied for every `forward`.
   */
  kernel(description: KernelDescription): NeuronKernel;
}
