import { describe, expect, test } from 'vitest';
import { readFiles } from './files.ts';
import { breaches } from './import-rules.ts';

const MOST_LINES = 300;

test('imports point up the list of rooms, the core runs without Node, and there is no hidden randomness', () => {
  const sources = readFiles('src', '.ts');
  expect(Object.keys(sources).length).toBeGreaterThan(100);
  expect(breaches(sources)).toEqual([]);
});

test.each(['src', 'test', 'bench', 'assembly'])(`files of %s stay below ${MOST_LINES} lines`, (folder) => {
  const long = Object.entries(readFiles(folder, '.ts'))
    .map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines >= MOST_LINES && !path.endsWith('.generated.ts'));
  expect(long).toEqual([]);
});

describe('what the check notices', () => {
  const rest = { 'src/base/a.ts': 'export const a = 1;' };
  test.each<[string, Record<string, string>, string | undefined]>([
    ['a room further up', { 'src/cli/b.ts': "import { a } from '../base/a.ts';" }, undefined],
    ['its own room', { 'src/base/b.ts': "export { a } from './a.ts';" }, undefined],
    ['a room further down', { 'src/base/b.ts': "import { r } from '../random/r.ts';" }, 'src/base/b.ts (base) imports'],
    [
      'a type of a room further down',
      { 'src/base/b.ts': "import type { R } from '../random/r.ts';" },
      'imports src/random',
    ],
    ['an import type', { 'src/base/b.ts': "type R = import('../random/r.ts').R;" }, 'imports src/random/r.ts'],
    ['a dynamic import', { 'src/base/b.ts': "const r = await import('../random/r.ts');" }, 'imports src/random/r.ts'],
    ['a re-export', { 'src/base/b.ts': "export * from '../random/r.ts';" }, 'imports src/random/r.ts'],
    ['the index of everything', { 'src/base/b.ts': "import { a } from '../index.ts';" }, 'imports src/index.ts'],
    ['a file outside src/', { 'src/base/b.ts': "import { t } from '../../test/t.ts';" }, 'imports test/t.ts'],
    ['a room that is not on the list', { 'src/attic/b.ts': 'export {};' }, '"attic" is none of the rooms'],
    [
      'an import of Node in the core',
      { 'src/solve/b.ts': "import { readFileSync } from 'node:fs';" },
      'imports node:fs',
    ],
    ['an import of Node elsewhere', { 'src/cli/b.ts': "import { readFileSync } from 'node:fs';" }, undefined],
    [
      'a global of Node in the core',
      { 'src/solve/b.ts': 'export const e = process.env;' },
      'process, a global of Node',
    ],
    ['the same through globalThis', { 'src/solve/b.ts': 'globalThis.process.exit();' }, 'process, a global of Node'],
    ['a global in a shorthand', { 'src/solve/b.ts': 'export const e = { Buffer };' }, 'Buffer, a global of Node'],
    ['a global of Node elsewhere', { 'src/cli/b.ts': 'export const e = process.env;' }, undefined],
    [
      'an argument of that name',
      { 'src/solve/b.ts': 'export const f = (process: P) => process.run({ process });' },
      undefined,
    ],
    [
      'a property of that name',
      { 'src/solve/b.ts': 'const { process: p } = o; export const e = { process: o.process };' },
      undefined,
    ],
    ['an import of that name', { 'src/solve/b.ts': "import { process } from '../base/a.ts'; process();" }, undefined],
    ['import.meta in the core', { 'src/solve/b.ts': 'export const u = import.meta.url;' }, 'import.meta'],
    ['Math.random', { 'src/cli/b.ts': 'export const u = Math.random();' }, 'src/cli/b.ts: Math.random'],
    ['Math.random in a comment', { 'src/cli/b.ts': '// never Math.random()' }, undefined],
    [
      'a cycle',
      { 'src/base/b.ts': "import './c.ts';", 'src/base/c.ts': "export * from './b.ts';" },
      'cycle: src/base/b.ts ->',
    ],
    [
      'a cycle of types',
      { 'src/base/b.ts': "import './c.ts';", 'src/base/c.ts': "import type { B } from './b.ts';" },
      undefined,
    ],
    ['an index that re-exports', { 'src/index.ts': "export * from './base/a.ts';" }, undefined],
    ['an index that does more', { 'src/index.ts': 'export const b = 1;' }, 'does more than re-export'],
    ['an index with a room that needs Node', { 'src/index.ts': "export * from './cli/b.ts';" }, 'which needs Node'],
  ])('%s', (_, sources, breach) => {
    const found = breaches({ ...rest, ...sources });
    if (breach === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(breach)]);
  });
});
