import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
// @ts-expect-error the build script has no types
import { buildKernels, TARGET } from '../../scripts/build-kernels.mjs';

test('the committed WebAssembly is a fresh build of assembly/', async () => {
  expect(readFileSync(TARGET, 'utf8'), 'run node scripts/build-kernels.mjs').toBe(await buildKernels());
});
