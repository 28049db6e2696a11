import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The repository's folder. */
export const root = join(import.meta.dirname, '..', '..');

/** Files below a folder of the repository whose name ends in `ending`, by path from the root with forward slashes. */
export function readFiles(folder: string, ending: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(ending)) continue;
    const path = join(entry.parentPath, entry.name);
    out[relative(root, path).split(sep).join('/')] = readFileSync(path, 'utf8');
  }
  return out;
}
