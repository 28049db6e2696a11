import { afterEach, expect, test, vi } from 'vitest';
import { ArgumentError } from '../../src/base/errors.ts';
import { ACTIVATIONS, type KernelImplementation, perceptronKernel } from '../../src/kernels/index.ts';
import { allowRelaxedSimd } from './relaxed-simd.ts';

const INPUTS = { data: Float64Array.of(1, 2), rows: 2, columns: 1 };

const made = (implementation?: KernelImplementation) =>
  perceptronKernel(INPUTS, ACTIVATIONS.tanh, true, implementation === undefined ? {} : { implementation })
    .implementation;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

test('SIMD is the default here; the option and, below it, MEANFIELD_KERNEL choose', () => {
  vi.stubEnv('MEANFIELD_KERNEL', undefined);
  expect(made()).toBe('simd');
  expect(made('plain')).toBe('plain');
  vi.stubEnv('MEANFIELD_KERNEL', 'plain');
  expect(made()).toBe('plain');
  expect(made('simd')).toBe('simd');
  vi.stubEnv('MEANFIELD_KERNEL', '');
  expect(made()).toBe('simd');
});

test('an unknown implementation is an error that names where it came from', () => {
  vi.stubEnv('MEANFIELD_KERNEL', 'gpu');
  expect(() => made()).toThrow(/MEANFIELD_KERNEL.*plain, simd, simd-fma.*gpu/);
  expect(() => made('fast' as KernelImplementation)).toThrow(ArgumentError);
});

test('simd-fma only on request, and where there is no relaxed SIMD an error that tells how to have it', async () => {
  vi.resetModules();
  const { perceptronKernel: fresh } = await import('../../src/kernels/index.ts');
  class Module {
    constructor() {
      throw new WebAssembly.CompileError('no relaxed SIMD');
    }
  }
  vi.stubGlobal('WebAssembly', { Module, CompileError: WebAssembly.CompileError });
  vi.stubEnv('MEANFIELD_KERNEL', 'simd-fma');
  expect(() => fresh(INPUTS, ACTIVATIONS.tanh, true)).toThrow(/MEANFIELD_KERNEL.*--experimental-wasm-relaxed-simd/);
  vi.unstubAllGlobals();
  allowRelaxedSimd();
  expect(made()).toBe('simd-fma');
  expect(made('simd')).toBe('simd');
});

test('where there is no process, as in browsers, SIMD is found as well', () => {
  vi.stubGlobal('process', undefined);
  expect(made()).toBe('simd');
});

test('where WebAssembly is missing, the plain kernel takes over, and asking for SIMD is an error', async () => {
  vi.stubEnv('MEANFIELD_KERNEL', undefined);
  vi.stubGlobal('WebAssembly', undefined);
  vi.resetModules();
  const { perceptronKernel: fresh } = await import('../../src/kernels/index.ts');
  expect(fresh(INPUTS, ACTIVATIONS.tanh, true).implementation).toBe('plain');
  expect(() => fresh(INPUTS, ACTIVATIONS.tanh, true, { implementation: 'simd' })).toThrow(/not available/);
});

test("an activation of the user's own runs on the plain kernel", () => {
  const own = { ...ACTIVATIONS.tanh };
  expect(perceptronKernel(INPUTS, own, true, { implementation: 'simd' }).implementation).toBe('plain');
});
