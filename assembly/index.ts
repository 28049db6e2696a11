/**
 * The hot loops of the perceptron neuron as WebAssembly SIMD, two doubles a vector: AssemblyScript, built by
 * scripts/build-kernels.mjs. src/kernels/plain/ holds the same sums in the same order, so that both give the same bits:
 * whoever changes one changes both.
 *
 * They are built twice: for `simd`, and with fused multiply-adds (madd.ts) for `simd-fma`, whose bits depend on the processor.
 *
 * Samples stand in the lanes, and neurons go in pairs: the remaining one of an odd set costs half a pair. All pointers come from
 * the caller (src/kernels/simd/), who owns the layout.
 */
import { EXP, ERF, HEAP, LOG, MILLS, TANH } from './layout';

export { activate } from './activation';
export { features, forward } from './forward';
export { fuses } from './madd';
export { pull, pullEach, pullPenalized } from './pull';
export { hold, squaredResidual, subtractHeld } from './sums';

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
