import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../src/experiment/output/atomic.ts';
import type { Part } from './parts.ts';

/** Finished parts on disk, so that an interrupted run goes on where it was. */
export interface Cache {
  get(part: Part): Float64Array | undefined;
  put(part: Part, numbers: Float64Array): Promise<void>;
}

/**
 * A cache in a folder. A part's file is named by what the part says and by all sources of the library and of this bench: numbers of
 * other code are not taken for its own.
 *
 * @param sources - folders
 */
export function folderCache(folder: string, sources: readonly string[]): Cache {
  mkdirSync(folder, { recursive: true });
  const code = sources.map(digestOf).join();
  const fileOf = (part: Part) => {
    const hash = createHash('sha256').update(code).update(JSON.stringify(part, plain));
    return join(folder, `${hash.digest('hex').slice(0, 32)}.f64`);
  };
  return {
    get(part) {
      const file = fileOf(part);
      if (!existsSync(file)) return undefined;
      const bytes = readFileSync(file);
      return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    },
    put: (part, numbers) =>
      writeFileAtomic(fileOf(part), new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)),
  };
}

/** Keeps nothing. */
export const noCache: Cache = { get: () => undefined, put: async () => {} };

function plain(_key: string, value: unknown): unknown {
  return value instanceof Float64Array ? [...value] : value;
}

function digestOf(folder: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}
