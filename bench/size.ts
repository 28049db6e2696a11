/**
 * How much code do typical programs carry? Bytes after bundling and minifying with esbuild, all kernels included, dependencies apart;
 * the budgets are those that `npm run package` checks.
 *
 *     npm run bench -- size      (or: npx tsx bench/size.ts)
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { PROGRAMS, sizeOf } from '../scripts/sizes.mjs';
import { head, row } from './compare.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
head('program', 'minified', 'compressed', 'budget');
for (const program of PROGRAMS) {
  const { minified, compressed } = await sizeOf(build, program, './src/index.ts', root);
  row(program.name, ...[minified, compressed, program.budget].map((bytes) => `${(bytes / 1000).toFixed(0)} kB`));
}
