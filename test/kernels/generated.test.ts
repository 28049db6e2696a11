import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
// @ts-expect-error the build script has no types
import { buildKernels, MODULES } from '../../scripts/build-kernels.mjs';

test('the committed WebAssembly is a fresh build of assembly/', async () => {
  for (const module of MODULES)
    expect(readFileSync(module.file, 'utf8'), 'run node scripts/build-kernels.mjs').toBe(await buildKernels(module));
});
