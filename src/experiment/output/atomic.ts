import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ArgumentError } from '../../base/errors.ts';

/**
 * Writes a file so that a reader, or an interrupt at any moment, finds the old content or the new, never a part of it: under a
 * temporary name in the same folder, forced to disk, then renamed. The temporary file is removed on failure.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = await stage(path, content);
  try {
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Writes several files into a folder, which is made if need be: all of them, or, on failure and when `signal` has fired,
 * none, with earlier files of these names (and the absence of the folder) as they were.
 *
 * @param files - content by file name
 */
export async function writeAllOrNothing(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const made = await makeFolder(folder);
  const staged: { readonly path: string; readonly temporary: string }[] = [];
  const undo: (() => Promise<void>)[] = [];
  const discard: string[] = [];
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      staged.push({ path, temporary: await stage(path, content) });
    }
    for (const { path, temporary } of staged) {
      signal?.throwIfAborted();
      const kept = temporaryName(path);
      if (await exists(path)) {
        await rename(path, kept);
        undo.push(() => rename(kept, path));
        discard.push(kept);
      } else undo.push(() => rm(path, { force: true }));
      await rename(temporary, path);
    }
  } catch (error) {
    for (const back of undo.reverse()) await back();
    for (const { temporary } of staged) await rm(temporary, { force: true });
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    throw error;
  }
  for (const kept of discard) await rm(kept, { force: true });
}

/**
 * Makes a folder and those above it that are missing, or none, and gives the first that was made. One at a time: Node's own way never ends
 * where a file system, such as /proc, says of a folder that is there that it is not.
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
  const missing: string[] = [];
  for (let place = resolve(folder); !(await exists(place)) && dirname(place) !== place; place = dirname(place))
    missing.unshift(place);
  const made: string[] = [];
  try {
    for (const place of missing) if (await makeOne(place)) made.push(place);
  } catch (error) {
    if (made[0] !== undefined) await rm(made[0], { recursive: true, force: true });
    throw error;
  }
  return made[0];
}

/** False if another process has made it meanwhile. */
async function makeOne(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Throws an ArgumentError unless `folder` can be written to, or made; changes nothing. To be called before long work. */
export async function checkWritableFolder(name: string, folder: string): Promise<void> {
  let place = resolve(folder);
  while (!(await exists(place)) && dirname(place) !== place) place = dirname(place);
  try {
    if (!(await stat(place)).isDirectory()) throw new Error('not a folder');
    await access(place, constants.W_OK | constants.X_OK);
  } catch {
    throw new ArgumentError(name, folder, `a folder that can be made and written to (${place} stands in the way)`);
  }
}

async function stage(path: string, content: string | Uint8Array): Promise<string> {
  if (await isFolder(path)) throw new Error(`${path} is a folder: it can't be replaced by a file`);
  const temporary = temporaryName(path);
  const handle = await open(temporary, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await handle.close();
    await rm(temporary, { force: true });
    throw error;
  }
  await handle.close();
  return temporary;
}

function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
}

async function isFolder(path: string): Promise<boolean> {
  return (await exists(path)) && (await stat(path)).isDirectory();
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    // A path through a file, such as README.md/out, does not exist either.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
