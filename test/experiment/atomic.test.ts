import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeAllOrNothing, writeFileAtomic } from '../../src/experiment/index.ts';
import { checkWritableFolder, makeFolder } from '../../src/experiment/output/atomic.ts';
import { temporaryFolder } from './fixtures.ts';

const read = (folder: string, name: string) => readFile(join(folder, name), 'utf8');

describe('writeFileAtomic', () => {
  it('writes, replaces, and leaves nothing else behind', async () => {
    const folder = await temporaryFolder();
    await writeFileAtomic(join(folder, 'a.txt'), 'one');
    await writeFileAtomic(join(folder, 'a.txt'), new TextEncoder().encode('two'));
    expect(await read(folder, 'a.txt')).toBe('two');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('leaves nothing behind where it fails', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'a.txt', 'in the way'), { recursive: true });
    await expect(writeFileAtomic(join(folder, 'a.txt'), 'one')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['a.txt']);
  });
});

describe('makeFolder', () => {
  it('makes what is missing, and says where that begins', async () => {
    const folder = await temporaryFolder();
    expect(await makeFolder(join(folder, 'a', 'b'))).toBe(join(folder, 'a'));
    expect(await makeFolder(join(folder, 'a', 'b'))).toBeUndefined();
    expect(await readdir(join(folder, 'a'))).toEqual(['b']);
  });

  it('makes nothing where it cannot make all, and ends where a file system denies a folder that is there', async () => {
    const folder = await temporaryFolder();
    await expect(makeFolder(join(folder, 'a', 'x'.repeat(300)))).rejects.toThrow('ENAMETOOLONG');
    expect(await readdir(folder)).toEqual([]);
    if (process.platform === 'linux') await expect(makeFolder('/proc/nowhere/x')).rejects.toThrow('ENOENT');
  });
});

describe('writeAllOrNothing', () => {
  it('makes the folder, writes all files and replaces earlier ones', async () => {
    const folder = join(await temporaryFolder(), 'a', 'b');
    await writeAllOrNothing(folder, { x: '1', y: '2' });
    await writeAllOrNothing(folder, { x: '3' });
    expect([await read(folder, 'x'), await read(folder, 'y')]).toEqual(['3', '2']);
    expect(await readdir(folder)).toEqual(['x', 'y']);
  });

  it('puts everything back where a file fails', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a'), 'old');
    await expect(writeAllOrNothing(folder, { a: 'new', b: 'new', 'no/such/folder': 'new' })).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['a']);
    expect(await read(folder, 'a')).toBe('old');
  });

  it('puts everything back where it is stopped between two files', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a'), 'old');
    let looked = 0;
    const signal = {
      throwIfAborted() {
        if (++looked === 4) throw new Error('stop');
      },
    } as AbortSignal;
    await expect(writeAllOrNothing(folder, { a: 'new', b: 'new', c: 'new' }, signal)).rejects.toThrow('stop');
    expect(await readdir(folder)).toEqual(['a']);
    expect(await read(folder, 'a')).toBe('old');
  });

  it('does not put a file in the place of a folder', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'b', 'c'), { recursive: true });
    await expect(writeAllOrNothing(folder, { a: 'new', b: 'new' })).rejects.toThrow('is a folder');
    expect(await readdir(folder)).toEqual(['b']);
  });

  it('takes away the folder that it made where a file fails', async () => {
    const folder = await temporaryFolder();
    await expect(writeAllOrNothing(join(folder, 'new', 'er'), { 'no/such/folder': 'x' })).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });

  it('writes nothing once it is aborted', async () => {
    const folder = join(await temporaryFolder(), 'out');
    await expect(writeAllOrNothing(folder, { x: '1' }, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });
});

describe('checkWritableFolder', () => {
  it('accepts what can be made, makes nothing, and refuses what a file stands in the way of', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    await checkWritableFolder('--out', join(folder, 'a', 'b'));
    await checkWritableFolder('--out', folder);
    await expect(checkWritableFolder('--out', join(folder, 'file'))).rejects.toThrow('--out must be');
    await expect(checkWritableFolder('--out', join(folder, 'file', 'a'))).rejects.toThrow('stands in the way');
    expect(await readdir(folder)).toEqual(['file']);
  });
});
