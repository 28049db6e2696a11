import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CellInput } from '../../src/experiment/cells/index.ts';
import { createExecutor, type Executor, loadExperiment } from '../../src/experiment/index.ts';
import { shareDescription } from '../../src/experiment/run/share.ts';
import { removeCells } from '../../src/experiment/store/cell-store.ts';
import { fingerprint } from '../../src/experiment/store/fingerprint.ts';
import { storedExecutor } from '../../src/experiment/store/stored-executor.ts';
import { phaseGradientFlow } from '../../src/index.ts';
import { fusesProducts } from '../../src/kernels/index.ts';
import { allowRelaxedSimd } from '../kernels/relaxed-simd.ts';
import { SMALL, temporaryFolder } from './fixtures.ts';

const INPUTS: readonly CellInput<'verify-oracle'>[] = Array.from({ length: 6 }, (_, cell) => ({
  seed: 3,
  chunk: { first: 2 * cell, count: 2 },
  horizon: 1,
  phase: phaseGradientFlow(),
  system: { kind: 'network', width: 5, learningRate: 0.1, keepRate: 0.5 },
}));

/** An executor that counts the cells it runs. */
function counted(): { readonly executor: Executor; readonly cells: () => number } {
  const inner = createExecutor({ threads: 1 });
  let cells = 0;
  const run: Executor['run'] = (kind, inputs, options) => {
    cells += inputs.length;
    return inner.run(kind, inputs, options);
  };
  return { executor: { threads: 2, run, close: () => inner.close() }, cells: () => cells };
}

const REFERENCE = await createExecutor({ threads: 1 }).run('verify-oracle', INPUTS);

async function runIn(folder: string, inputs = INPUTS) {
  const { executor, cells } = counted();
  return { outputs: await storedExecutor(executor, folder).run('verify-oracle', inputs), cells: cells() };
}

afterEach(() => void vi.unstubAllEnvs());

describe('storedExecutor', () => {
  it('goes on from what an interrupted run has left, to the same bits', async () => {
    const folder = join(await temporaryFolder(), 'cells');
    const stop = new AbortController();
    const first = counted();
    const run = storedExecutor(first.executor, folder).run('verify-oracle', INPUTS, {
      signal: stop.signal,
      progress: (done) => done === 3 && stop.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
    const kept = (await readdir(folder)).length;
    expect(kept).toBeGreaterThanOrEqual(3);
    expect(kept).toBeLessThan(INPUTS.length);
    const { outputs, cells } = await runIn(folder);
    expect(cells).toBe(INPUTS.length - kept);
    expect(outputs).toEqual(REFERENCE);
    expect((await runIn(folder)).cells).toBe(0);
    expect((await runIn(folder)).outputs).toEqual(REFERENCE);
  });

  it('runs again what differs in its input', async () => {
    const folder = await temporaryFolder();
    await runIn(folder);
    const other = INPUTS.map((input, i) => (i === 2 ? { ...input, seed: 4 } : input));
    const { outputs, cells } = await runIn(folder, other);
    expect(cells).toBe(1);
    expect(outputs[2]).not.toEqual(REFERENCE[2]);
    expect(outputs[3]).toEqual(REFERENCE[3]);
  });

  it('runs again what kernels with other last bits have left', async () => {
    allowRelaxedSimd();
    const folder = await temporaryFolder();
    await runIn(folder);
    vi.stubEnv('MEANFIELD_KERNEL', 'plain');
    expect((await runIn(folder)).cells).toBe(0);
    vi.stubEnv('MEANFIELD_KERNEL', 'simd-fma');
    expect((await runIn(folder)).cells).toBe(fusesProducts() ? INPUTS.length : 0);
  });

  it('runs again what is damaged: cut short, changed, empty', async () => {
    const folder = await temporaryFolder();
    await runIn(folder);
    const [a, b, c] = (await readdir(folder)).map((name) => join(folder, name)) as [string, string, string];
    await truncate(a, 40);
    await truncate(b, 0);
    const bytes = await readFile(c);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(c, bytes);
    const { outputs, cells } = await runIn(folder);
    expect(cells).toBe(3);
    expect(outputs).toEqual(REFERENCE);
  });

  it('works where nothing can be kept', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, 'not a folder');
    const { outputs, cells } = await runIn(join(file, 'cells'));
    expect(cells).toBe(INPUTS.length);
    expect(outputs).toEqual(REFERENCE);
  });

  it('removes its own files only', async () => {
    const folder = join(await temporaryFolder(), 'cells');
    await runIn(folder);
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await removeCells(folder);
    expect(await readdir(folder)).toEqual(['notes.txt']);
  });

  it('passes on an error, and starts nothing after it', async () => {
    const { executor, cells } = counted();
    const wrong = INPUTS.map((input, i) => (i === 0 ? { ...input, horizon: Number.NaN } : input));
    const run = storedExecutor(executor, await temporaryFolder()).run('verify-oracle', wrong);
    await expect(run).rejects.toThrow('horizon');
    expect(cells()).toBeLessThan(INPUTS.length);
  });
});

describe('fingerprint', () => {
  it('is that of the values, not of their memory or order', async () => {
    const { description } = await loadExperiment(SMALL);
    expect(fingerprint(shareDescription(description))).toBe(fingerprint(description));
    expect(fingerprint({ a: 1, b: [2] })).toBe(fingerprint({ b: [2], a: 1 }));
    expect(fingerprint(new Float64Array([0, 1, 2]).subarray(1))).toBe(fingerprint(new Float64Array([1, 2])));
  });

  it('tells different values apart', () => {
    const values = [
      ...[1, '1', true, null, undefined, 0, -0, Number.NaN, 'undefined', [], {}, [1], [[1]], [1, 1], { a: 1 }],
      ...[{ a: '1' }, { b: 1 }, { a: undefined }, ['ab', 'c'], ['a', 'bc'], new Float64Array(1), new Float64Array(2)],
      ...[new Int32Array(2), new Float64Array([-0]), [{ a: 1 }, {}], [{}, { a: 1 }]],
    ];
    expect(new Set(values.map(fingerprint)).size).toBe(values.length);
  });
});
