import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { makeFolder } from '../output/atomic.ts';

/** Outputs of cells in a folder, one file each. */
export interface CellStore {
  /** What was kept under a name, or undefined; a file that is damaged counts as none. */
  load(name: string): Promise<{ readonly output: unknown } | undefined>;
  /** Keeps an output (plain data). Where that can't be done, nothing is kept and nothing thrown: it can be computed again. */
  keep(name: string, output: unknown): Promise<void>;
}

const DIGEST = 32;
const FILE = /^\.?[0-9a-f]{64}\.cell(\.[0-9a-f]+\.tmp)?$/;

/** The folder is made when the first output is kept. */
export function cellStore(folder: string): CellStore {
  const pathOf = (name: string) => join(folder, `${name}.cell`);
  return {
    async load(name) {
      try {
        const bytes = await readFile(pathOf(name));
        const content = bytes.subarray(DIGEST);
        return digest(content).equals(bytes.subarray(0, DIGEST)) ? { output: deserialize(content) } : undefined;
      } catch {
        return undefined;
      }
    },
    async keep(name, output) {
      // No need to force it to disk: the digest tells a file of which a crash of the machine left a part.
      const temporary = join(folder, `.${name}.cell.${randomBytes(6).toString('hex')}.tmp`);
      try {
        const content = serialize(output);
        await makeFolder(folder);
        await writeFile(temporary, Buffer.concat([digest(content), content]));
        await rename(temporary, pathOf(name));
      } catch {
        await rm(temporary, { force: true }).catch(() => {});
      }
    },
  };
}

/** Removes the files of a store, and its folder if nothing else is in it. */
export async function removeCells(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (FILE.test(name)) await rm(join(folder, name), { force: true });
  await rmdir(folder).catch(() => {});
}

function digest(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
