import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { loadVega, MissingPackageError, type VegaPackages } from '../../src/report/charts/vega.ts';

it('says what to install when vega is missing', async () => {
  // A package that is truly not there, so that the error is the one of the running Node.
  const absent = 'meanfield-package-that-is-not-installed';
  const missing = loadVega(() => import(/* @vite-ignore */ absent) as Promise<VegaPackages>);
  await expect(missing).rejects.toThrow(MissingPackageError);
  await expect(missing).rejects.toThrow(
    'charts need the optional packages vega and vega-lite: run "npm install vega@^6.4.0 vega-lite@^6.4.3"',
  );
});

it('says so in CommonJS too', async () => {
  const require = createRequire(import.meta.url);
  const missing = loadVega(async () => require('meanfield-package-that-is-not-installed') as VegaPackages);
  await expect(missing).rejects.toThrow(MissingPackageError);
});

it('passes other errors on', async () => {
  const broken = new SyntaxError('broken package');
  await expect(loadVega(() => Promise.reject(broken))).rejects.toBe(broken);
});
