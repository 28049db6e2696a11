import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A file that a worker thread can load, and what Node needs to load it. */
export interface WorkerFile {
  readonly filename: string;
  readonly execArgv: readonly string[];
}

/**
 * A worker's file by its name, wherever this code runs from: the built package (ESM or CommonJS, from a chunk at any depth of dist/), or
 * the sources under a TypeScript loader. Undefined if it is in neither place, as in an application that bundles this
 * package: all work is then done on the calling thread.
 */
export function locateWorker(name: 'worker' | 'team-worker'): WorkerFile | undefined {
  const here = typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url));
  // From sources, dist/ may be older than they are: it is not used.
  const source = join(here, '..', `${name}.ts`);
  if (existsSync(source)) return withTypeScript(source, join(here, '..', '..', '..'));
  for (const path of [`${name}.js`, `experiment/${name}.js`, `../experiment/${name}.js`]) {
    const filename = join(here, path);
    if (existsSync(filename)) return { filename, execArgv: [] };
  }
  return undefined;
}

/** A thread registers the loader for itself: under tsx's own loader, `--import tsx` does nothing there. */
function withTypeScript(filename: string, root: string): WorkerFile | undefined {
  const loader = join(root, 'node_modules', 'tsx', 'dist', 'esm', 'api', 'index.mjs');
  if (!existsSync(loader)) return undefined;
  const code = `import { register } from ${JSON.stringify(pathToFileURL(loader).href)}; register();`;
  return { filename, execArgv: ['--import', `data:text/javascript,${encodeURIComponent(code)}`] };
}
