import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Options } from 'tsup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import configuration from '../../tsup.config.ts';
import { SMALL, temporaryFolder } from '../experiment/fixtures.ts';
import { blocksOf, readDocument } from '../structure/documents.ts';

const root = join(import.meta.dirname, '..', '..');
// Within the package, so that its dependencies and its package.json are found.
const dist = join(root, 'node_modules', '.cache', `meanfield-built-${process.pid}`, 'dist');
const main = join(dist, 'cli', 'main.js');

beforeAll(async () => {
  const program = (configuration as Options[]).find(({ entry }) => entry !== undefined && 'cli/main' in entry);
  await build({ ...program, outDir: dist, config: false, silent: true, sourcemap: false });
});

afterAll(() => rm(join(dist, '..'), { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

function start(cwd: string, ...argv: string[]): Started {
  return startFile(main, cwd, argv, { MEANFIELD_THREADS: '2' });
}

function startFile(file: string, cwd: string, argv: readonly string[], more: Record<string, string>): Started {
  const child = spawn(process.execPath, [file, ...argv], { cwd, env: { ...process.env, ...more } });
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status) => resolve({ status, out, err }));
  });
  return { child, ended };
}

async function folderWith(content: unknown): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'e.json'), JSON.stringify(content));
  return cwd;
}

const SIMULATE = ['simulate', 'e.json', '--learning-rate', '0.01', '--keep-rate', '0.5', '--json', '--quiet'];
const PERCEPTRON = {
  data: { teacher: { dimension: 5, samples: 20, neurons: 3 } },
  network: { neuron: 'perceptron' },
  initial: { outer: { normal: 1 }, inner: { normal: 1 } },
  horizon: 1,
};

describe('the built program', () => {
  it('lists its commands', async () => {
    const { status, out, err } = await start('/').ended;
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain('simulate');
  });

  it('runs on worker threads, and gives the bits of one thread', async () => {
    const cwd = await folderWith(PERCEPTRON);
    const argv = [...SIMULATE, '--width', '100', '--replicates', '60'];
    const [two, one] = await Promise.all([
      start(cwd, ...argv, '--threads', '2').ended,
      start(cwd, ...argv, '--threads', '1').ended,
    ]);
    expect(two).toMatchObject({ status: 0, err: '' });
    const strip = (text: string) => text.replace(/"seconds".*/s, '');
    expect(strip(two.out)).toBe(strip(one.out));
    expect(JSON.parse(two.out)).toMatchObject({ replicates: 60, steps: 100 });
  });

  it('shares a single large run among threads, and gives the bits of one thread', async () => {
    const cwd = await folderWith({ ...PERCEPTRON, horizon: 0.1 });
    const argv = [...SIMULATE, '--width', '200000', '--replicates', '1'];
    const [two, one] = await Promise.all([
      start(cwd, ...argv, '--threads', '2').ended,
      start(cwd, ...argv, '--threads', '1').ended,
    ]);
    expect(two.status).toBe(0);
    const strip = (text: string) => text.replace(/"seconds".*/s, '');
    expect(strip(two.out)).toBe(strip(one.out));
  });

  it('runs the programs of docs/studies.md on threads, with the bits of one thread', async () => {
    // Within a package of the name `meanfield`, imports of that name are its own.
    const cwd = join(dist, '..');
    await copyFile(join(root, 'package.json'), join(cwd, 'package.json'));
    const names: string[] = [];
    for (const { language, code } of blocksOf(readDocument('docs/studies.md'))) {
      const name = language === 'js' ? /^\/\/ (\w+\.js)\n/.exec(code)?.[1] : undefined;
      if (name === undefined) continue;
      names.push(name);
      await writeFile(join(cwd, name), code);
    }
    expect(names).toEqual(['sampler.js', 'study.js', 'births.js', 'ensemble.js']);
    const printed: string[] = [];
    for (const name of ['study.js', 'ensemble.js']) {
      const runs = ['2', '1'].map(
        (threads) => startFile(join(cwd, name), cwd, [], { MEANFIELD_THREADS: threads }).ended,
      );
      const [two, one] = await Promise.all(runs);
      expect(two).toMatchObject({ status: 0, err: '' });
      expect(two).toEqual(one);
      printed.push(two!.out);
    }
    expect(printed[0]).toMatch(/^fluctuation ≈ .* size\^-0.5: holds\n$/);
    expect(printed[1]).toContain('Float64Array(2) [ 0.5, 1 ]');
  });

  it('refuses a wrong request in one line', async () => {
    const cwd = await folderWith({ ...SMALL, horizon: 0 });
    const { status, out, err } = await start(cwd, ...SIMULATE, '--width', '3').ended;
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toBe('meanfield: e.json: horizon must be a finite number in (0, inf), got 0\n');
  });

  it.each([
    ['1', '500', '4'],
    ['2', '500', '4'],
    ['2', '200000', '1'],
  ])('ends with 130 on Ctrl-C with %s threads, width %s, and leaves no file', async (threads, width, replicates) => {
    const cwd = await folderWith({ ...PERCEPTRON, horizon: 1e6 });
    const argv = ['simulate', 'e.json', '--learning-rate', '0.01', '--keep-rate', '0.5', '--width', width];
    const { child, ended } = start(cwd, ...argv, '--replicates', replicates, '--threads', threads, '--out', 'o');
    await new Promise((resolve) => child.stderr?.once('data', resolve));
    child.kill('SIGINT');
    const { status, out, err } = await ended;
    expect({ status, out }).toEqual({ status: 130, out: '' });
    expect(err).toContain('interrupted; no result was written');
    expect(await readdir(cwd)).toEqual(['e.json']);
  });

  it('ends quietly when its reader has enough', async () => {
    const cwd = await folderWith({
      ...SMALL,
      data: { inputs: Array.from({ length: 20000 }, () => [1]), targets: new Array(20000).fill(1) },
    });
    const { child, ended } = start(cwd, ...SIMULATE, '--width', '1', '--replicates', '2');
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { status, err } = await ended;
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });
});
