/**
 * The hot loops of the perceptron neuron as WebAssembly SIMD, two doubles a vector: AssemblyScript, built by
 * scripts/build-kernels.mjs. src/kernels/plain/ holds the same sums in the same order, so that both give the same bits:
 * whoever changes one changes both. No FMA, for the same reason.
 *
 * Neurons go in tiles of four, two vectors of two lanes; a tile in memory is its four outer weights and then a
 * `[samples][4]` plane of values σ and, where σ′ is not a function of σ, a plane of slopes. Planes are padded to a
 * multiple of four samples. All pointers come from the caller (src/kernels/simd/), who owns the layout.
 */
import { EXP, ERF, HEAP, LOG, MILLS, TANH } from './layout';

export { activate } from './activation';
export { features, forward } from './forward';
export { pull, pullEach, pullPenalized } from './pull';

export function tanhTable(): usize {
  return TANH;
}

export function erfTable(): usize {
  return ERF;
}

export function millsTable(): usize {
  return MILLS;
}

export function expTable(): usize {
  return EXP;
}

export function logTable(): usize {
  return LOG;
}

/** Where the caller may start to use the memory. */
export function heapBase(): usize {
  return HEAP;
}
