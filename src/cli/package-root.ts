import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

/** The folder of this package, whether this code runs from its sources or from any file of dist/. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (manifest(folder)?.name !== 'meanfield') {
    if (dirname(folder) === folder) throw new Error('the package.json of meanfield is missing');
    folder = dirname(folder);
  }
  return folder;
}

export function packageVersion(): string {
  return manifest(packageRoot())?.version ?? 'unknown';
}

function manifest(folder: string): Manifest | undefined {
  const path = join(folder, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Manifest) : undefined;
}
