// What typical programs carry of this package: bundled and minified by esbuild, all kernels included, dependencies apart.
import { gzipSync } from 'node:zlib';

/**
 * Imports and the bytes they may have, in the package as built: bundlers keep tables that its chunks compute as they load, which they
 * leave out where they see the sources. A budget is about a tenth above what they were when it was set: raise it only with a reason.
 */
export const PROGRAMS = [
  { name: 'train', imports: ['learningTask', 'perceptron', 'perceptronNormals', 'stream', 'train'], budget: 74_000 },
  {
    name: 'solve and one scheme',
    imports: ['rk4', 'solve', 'stream'],
    budget: 48_000,
  },
  {
    name: 'train, classify, solveLimit',
    imports: [
      'classify',
      'learningTask',
      'perceptron',
      'perceptronNormals',
      'phasePoissonJump',
      'solveLimit',
      'stream',
      'train',
    ],
    budget: 132_000,
  },
  {
    name: 'the mission: all phases and limits, couplings, exact oracle',
    imports: [
      'classify',
      'coupleToLimit',
      'linearOracle',
      'learningTask',
      'limit',
      'linearLimitMoments',
      'perceptron',
      'perceptronNormals',
      'solveLimit',
      'stream',
      'train',
    ],
    budget: 150_000,
  },
  { name: 'everything', imports: null, budget: 385_000 },
];

/**
 * Bytes of a program, minified and compressed.
 *
 * @param build - esbuild's
 * @param from - what the program imports: the package's name, or the entry's path
 */
export async function sizeOf(build, { imports }, from, resolveDir) {
  const contents = `export ${imports === null ? '*' : `{ ${imports.join(', ')} }`} from '${from}';`;
  const plugin = {
    name: 'own code only',
    setup: (setup) =>
      setup.onResolve({ filter: /^[^./]/ }, ({ path }) => (path === from ? undefined : { path, external: true })),
  };
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    ...{ bundle: true, minify: true, write: false, target: 'es2022', logLevel: 'silent', absWorkingDir: resolveDir },
    ...{ platform: 'neutral', format: 'esm', plugins: [plugin] },
  });
  const bytes = outputFiles[0].contents;
  return { minified: bytes.length, compressed: gzipSync(bytes).length };
}
