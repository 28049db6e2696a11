import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A file that a worker thread can load, and what Node needs to load it. */
export interface WorkerFile {
  readonly filename: string;
  readonly execArgv: readonly string[];
}

/**
 * The worker's file, wherever this code runs from: the built package (ESM or CommonJS, from a chunk at any depth of dist/), or
 * the sources under a TypeScript loader. Undefined if it is in neither place, as in an application that bundles this
 * package: cells then run on the calling thread.
 */
export function locateWorker(): WorkerFile | undefined {
  const here = typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url));
  // From sources, dist/ may be older than they are: it is not used.
  const source = join(here, '..', 'worker.ts');
  if (existsSync(source)) return withTypeScript(source, join(here, '..', '..', '..'));
  for (const path of ['worker.js', 'experiment/worker.js', '../experiment/worker.js']) {
    const filename = join(here, path);
    if (existsSync(filename)) return { filename, execArgv: [] };
  }
  return undefined;
}

function withTypeScript(filename: string, root: string): WorkerFile | undefined {
  const loader = join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs');
  return existsSync(loader) ? { filename, execArgv: ['--import', pathToFileURL(loader).href] } : undefined;
}
