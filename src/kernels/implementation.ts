import { ArgumentError } from '../base/errors.ts';
import { simdEngine } from './simd/engine.ts';

/** How a kernel computes: plain TypeScript, or WebAssembly SIMD. */
export type KernelImplementation = 'plain' | 'simd';

const NAMES: readonly string[] = ['plain', 'simd'];

/** The implementation asked for, or that of MEANFIELD_KERNEL, or the fastest there is. */
export function chooseImplementation(asked?: KernelImplementation): KernelImplementation {
  if (asked !== undefined) return available('implementation', asked);
  const variable = environment('MEANFIELD_KERNEL');
  if (variable !== undefined && variable !== '') return available('MEANFIELD_KERNEL', variable);
  return simdEngine() === null ? 'plain' : 'simd';
}

function available(name: string, value: string): KernelImplementation {
  if (!NAMES.includes(value)) throw new ArgumentError(name, value, `one of ${NAMES.join(', ')}`);
  if (value === 'simd' && simdEngine() === null)
    throw new ArgumentError(name, value, 'plain here: WebAssembly SIMD is not available');
  return value as KernelImplementation;
}

/** An environment variable; undefined in browsers. */
function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name];
}
