import { ArgumentError } from '../base/errors.ts';
import { simdEngine } from './simd/engine.ts';

/** How a kernel computes: plain TypeScript, WebAssembly SIMD, or the same with fused multiply-adds. */
export type KernelImplementation = 'plain' | 'simd' | 'simd-fma';

/** The names, and what to do where one is not available. */
const NAMES: Readonly<Record<KernelImplementation, string>> = {
  plain: '',
  simd: 'plain here: WebAssembly SIMD is not available',
  'simd-fma':
    'plain or simd here: WebAssembly relaxed SIMD is not available. Node 20 has it if started with --experimental-wasm-relaxed-simd, newer versions have it without',
};

/** The implementation asked for, or that of MEANFIELD_KERNEL, or the fastest whose bits are the same everywhere. */
export function chooseImplementation(asked?: KernelImplementation): KernelImplementation {
  if (asked !== undefined) return available('implementation', asked);
  const variable = environment('MEANFIELD_KERNEL');
  if (variable !== undefined && variable !== '') return available('MEANFIELD_KERNEL', variable);
  return simdEngine() === null ? 'plain' : 'simd';
}

function available(name: string, value: string): KernelImplementation {
  if (!Object.hasOwn(NAMES, value)) throw new ArgumentError(name, value, `one of ${Object.keys(NAMES).join(', ')}`);
  const asked = value as KernelImplementation;
  if (asked !== 'plain' && simdEngine(asked) === null) throw new ArgumentError(name, value, NAMES[asked]);
  return asked;
}

/**
 * Whether kernels round a product and the sum that it joins once, not twice: only those of `simd-fma`, and only where processor and
 * engine fuse them. All kernels that answer alike give the same bits.
 */
export function fusesProducts(asked?: KernelImplementation): boolean {
  return chooseImplementation(asked) === 'simd-fma' && simdEngine('simd-fma')!.calls.fuses() === 1;
}

/** An environment variable; undefined in browsers. */
function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name];
}
