import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import * as experiment from '../../src/experiment/index.ts';
import * as meanfield from '../../src/index.ts';
import * as report from '../../src/report/index.ts';
import * as testing from '../../src/testing/index.ts';
import { anchorsOf, blocksOf, commandsOf, linksOf, readDocument } from './documents.ts';
import { root } from './files.ts';
import { runBlock } from './run-block.ts';

const MODULES = {
  meanfield,
  'meanfield/testing': testing,
  'meanfield/experiment': experiment,
  'meanfield/report': report,
};
const GUIDES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md'));
const DOCUMENTS = [...GUIDES, 'CHANGELOG.md', 'NOTICE.md', 'data/README.md'].filter((path) =>
  existsSync(join(root, path)),
);

const blocks = GUIDES.flatMap((path) =>
  blocksOf(readDocument(path))
    .filter(({ language }) => language === 'ts')
    .map(({ line, code }) => ({ place: `${path}:${line}`, code })),
);

test('the README has code', () => expect(blocks.length).toBeGreaterThan(2));

test.each(blocks)('the code at $place runs, and prints what it says', async ({ code }) => {
  for (const { printed, stated } of await runBlock(code, MODULES)) {
    expect(printed).not.toMatch(/undefined|NaN/);
    if (stated !== undefined) expect(printed).toBe(stated);
  }
});

/** The command lines of the guides, by text. */
const commands = [...new Set(GUIDES.flatMap((path) => commandsOf(readDocument(path)).map((argv) => argv.join(' '))))];

test('the README has commands', () => expect(commands.length).toBeGreaterThan(3));

test.each(commands)('meanfield %s', async (command) => {
  const argv = command.split(' ');
  // The long ones are made short; verify is only read, with its work left out.
  const quick = ['--threads', '1', '--quiet'];
  const small = { simulate: ['--width', '8', ...quick], limit: ['--particles', '64', ...quick] }[argv[0]!] ?? [];
  let err = '';
  let verified = 0;
  const io = {
    out() {},
    err: (text: string) => {
      err += text;
    },
    environment: {},
    workingDirectory: root,
    signal: new AbortController().signal,
  };
  const status = await run([...argv, ...small], io, {
    verify() {
      verified++;
      return Promise.reject(new Error('not run here'));
    },
  });
  if (argv[0] === 'verify') expect([status, verified]).toEqual([1, 1]);
  else expect({ status, err }).toEqual({ status: 0, err: '' });
});

test.each(DOCUMENTS)('the links of %s lead somewhere', (document) => {
  const dead = linksOf(readDocument(document)).filter(({ path, anchor }) => {
    const target = path === '' ? document : posix.join(posix.dirname(document), path);
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(readDocument(target)).has(anchor);
  });
  expect(dead).toEqual([]);
});

describe('what these checks notice', () => {
  test('a block that prints something else, or nothing, or fails', async () => {
    expect(await runBlock('console.log(1 + 1, [2]); // 3 [ 2 ]', {})).toEqual([
      { printed: '2 [ 2 ]', stated: '3 [ 2 ]' },
    ]);
    expect(await runBlock('console.log(0.5); // about a half', {})).toEqual([{ printed: '0.5', stated: undefined }]);
    expect(await runBlock("import { a } from 'x';\nconsole.log(await a); // 1", { x: { a: 1 } })).toEqual([
      { printed: '1', stated: '1' },
    ]);
    await expect(runBlock('if (1 > 2) console.log(1); // 1', {})).rejects.toThrow('1 lines of the block print');
    await expect(runBlock("import { a } from 'y';\na();", {})).rejects.toThrow('imports y');
  });

  test('a link to nowhere, but not one in code', () => {
    const text = 'See [a](docs/a.md), [b](b.md#some-thing), [c](https://c.org) and `[d](d.md)`.\n\n    [e](e.md)\n';
    expect(linksOf(text)).toEqual([
      { path: 'docs/a.md', anchor: undefined },
      { path: 'b.md', anchor: 'some-thing' },
    ]);
    expect(anchorsOf('# Some: thing\n')).toEqual(new Set(['some-thing']));
  });

  test('commands, without their remarks', () => {
    expect(commandsOf('    npx meanfield classify --width 3   # why\n\nThe program `npx meanfield x`.\n')).toEqual([
      ['classify', '--width', '3'],
    ]);
  });
});
