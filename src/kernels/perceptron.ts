import type { RowMajor } from '../base/arrays.ts';
import { ACTIVATIONS, type Activation } from './activation/index.ts';
import type { BlockKernel } from './blocks.ts';
import { chooseImplementation, type KernelImplementation } from './implementation.ts';
import { plainPerceptron } from './plain/perceptron.ts';
import { simdPerceptron } from './simd/perceptron.ts';

/** Options of `perceptronKernel`. */
export interface KernelOptions {
  /**
   * Which implementation to use. Default: that named by the environment variable MEANFIELD_KERNEL, or else `simd` where
   * WebAssembly SIMD is to be had, and `plain` where it is not. Both give the same bits.
   *
   * `simd-fma` is `simd` with fused multiply-adds, where the processor has them: a tenth to a fifth less time and fewer roundings, but
   * results whose last bits depend on the processor (docs/theory.md section 8.7). It takes WebAssembly's relaxed SIMD: Node 22, or Node 20 started
   * with `--experimental-wasm-relaxed-simd`.
   */
  readonly implementation?: KernelImplementation;
}

/**
 * A kernel of the perceptron neuron x = (a, b_1 … b_d, bias?), φ_j(x) = a σ(⟨b, z_j⟩ + bias), z = `inputs` `[m, d]`. An
 * activation that is not one of ACTIVATIONS always runs on the plain kernel.
 *
 * @throws ArgumentError if `simd` or `simd-fma` is asked for and not available, or MEANFIELD_KERNEL names no implementation
 */
export function perceptronKernel(
  inputs: RowMajor,
  activation: Activation,
  bias: boolean,
  options: KernelOptions = {},
): BlockKernel {
  const implementation = chooseImplementation(options.implementation);
  return implementation !== 'plain' && ACTIVATIONS[activation.name] === activation
    ? simdPerceptron(inputs, activation.name, bias, undefined, implementation)
    : plainPerceptron(inputs, activation, bias);
}
