import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SMALL, temporaryFolder } from '../experiment/fixtures.ts';
import { meanfield } from './harness.ts';

interface S {
  mean: number[];
  standardError: number[];
  standardDeviation: number[];
}
interface Result {
  predictions: S;
  risk: S;
  neuron: { mean: S; secondMoment: S; squaredMean: S };
  seconds: number;
}

const TWO_INPUTS = {
  ...SMALL,
  data: {
    inputs: [
      [1, 0],
      [0, 1],
      [1, 1],
    ],
    targets: [1, 2, 3],
  },
};
const RATES = ['--learning-rate', '0.25', '--keep-rate', '0.5'];

async function simulate(content: unknown, ...options: string[]) {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'e.json'), JSON.stringify(content));
  return { cwd, ...(await meanfield(['simulate', 'e.json', ...options], { cwd })) };
}

describe('simulate', () => {
  it('prints one JSON object with the keys of the contract, and messages elsewhere', async () => {
    const { status, out, err, json } = await simulate(
      TWO_INPUTS,
      '--width',
      '4',
      ...RATES,
      '--replicates',
      '10',
      '--json',
    );
    expect(status).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(err).toBe('meanfield: 10 replicates of width 4, 4 steps of 0.25\n');
    const result = json<Result>();
    expect(Object.keys(result)).toEqual(['time', 'steps', 'replicates', 'predictions', 'risk', 'neuron', 'seconds']);
    expect(result).toMatchObject({ time: 1, steps: 4, replicates: 10 });
    expect(Object.keys(result.neuron)).toEqual(['mean', 'secondMoment', 'squaredMean']);
    const lengths = [
      [result.predictions, 3],
      [result.risk, 1],
      [result.neuron.mean, 2],
      [result.neuron.secondMoment, 2],
      [result.neuron.squaredMean, 2],
    ] as const;
    for (const [summary, length] of lengths) {
      expect(Object.keys(summary)).toEqual(['mean', 'standardError', 'standardDeviation']);
      for (const values of Object.values(summary)) expect(values).toHaveLength(length);
    }
    expect(result.seconds).toBeGreaterThan(0);
  });

  it('says nothing but the result when quiet', async () => {
    const { err } = await simulate(SMALL, '--width', '4', ...RATES, '--quiet');
    expect(err).toBe('');
  });

  it('takes its seed from the file, or else from --seed, and defaults to 100 replicates', async () => {
    const options = ['--width', '4', ...RATES, '--json'];
    const strip = (text: string) => text.replace(/"seconds".*/, '');
    const first = await simulate({ ...SMALL, seed: 5 }, ...options);
    expect(first.json()).toMatchObject({ replicates: 100 });
    expect(strip((await simulate(SMALL, ...options, '--seed', '5')).out)).toBe(strip(first.out));
    expect(strip((await simulate({ ...SMALL, seed: 6 }, ...options)).out)).not.toBe(strip(first.out));
  });

  it('draws the rows by the seed of the file alone, so that runs of other seeds have the same data', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i / 40},${i}`).join('\n');
    const content = { ...SMALL, data: { csv: 'd.csv', rows: 3 }, initial: { points: [[2]] }, seed: 3 };
    const predictionsWith = async (seed: string) => {
      const cwd = await temporaryFolder();
      await writeFile(join(cwd, 'e.json'), JSON.stringify(content));
      await writeFile(join(cwd, 'd.csv'), rows);
      const argv = ['simulate', 'e.json', '--learning-rate', '0.1', '--keep-rate', '1', '--seed', seed, '--json'];
      return (await meanfield(argv, { cwd })).json<Result>().predictions.mean;
    };
    expect(await predictionsWith('1')).toEqual(await predictionsWith('2'));
  });

  it('uses fixed points as they are', async () => {
    const content = { ...SMALL, initial: { points: [[0], [1]] } };
    const { json, status } = await simulate(content, '--learning-rate', '1', '--keep-rate', '1', '--json');
    expect(status).toBe(0);
    // One step of x ← x - (x̄ - 1) from (0, 1): (0.5, 1.5).
    expect(json<Result>().neuron).toEqual({
      mean: { mean: [1], standardError: [0], standardDeviation: [0] },
      secondMoment: { mean: [1.25], standardError: [0], standardDeviation: [0] },
      squaredMean: { mean: [1], standardError: [0], standardDeviation: [0] },
    });
  });

  it('writes simulate.json into --out, and nothing without', async () => {
    const { cwd, json } = await simulate(SMALL, '--width', '2', ...RATES, '--json', '--out', 'results');
    expect(JSON.parse(await readFile(join(cwd, 'results', 'simulate.json'), 'utf8'))).toEqual(json());
    expect(await readdir(join(cwd, 'results'))).toEqual(['simulate.json']);
    const without = await simulate(SMALL, '--width', '2', ...RATES);
    expect(await readdir(without.cwd)).toEqual(['e.json']);
  });

  it('prints a table for people', async () => {
    const { out, status } = await simulate(TWO_INPUTS, '--width', '4', ...RATES);
    expect(status).toBe(0);
    expect(out).toMatch(/^prediction input 2 +-?\d/m);
    expect(out).toMatch(/^second moment of inner\[1\] +\d/m);
  });

  it('ends with status 1, no output and the step when a run diverges', async () => {
    const content = { ...SMALL, data: { inputs: [[30]], targets: [1] }, horizon: 500 };
    const argv = ['--width', '2', '--learning-rate', '1', '--keep-rate', '0.5', '--json', '--quiet', '--out', 'o'];
    const { status, out, err, cwd } = await simulate(content, ...argv);
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^meanfield: replicate \d+ diverged at step \d+ .*\n$/);
    expect(await readdir(cwd)).toEqual(['e.json']);
  });

  it('ends with status 130 when interrupted', async () => {
    const stop = new AbortController();
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'e.json'), JSON.stringify({ ...SMALL, horizon: 1e6 }));
    setTimeout(() => stop.abort(), 100);
    const argv = ['simulate', 'e.json', '--width', '1000', ...RATES, '--replicates', '2', '--quiet', '--out', 'o'];
    const { status, err } = await meanfield(argv, { cwd, signal: stop.signal });
    expect({ status, err }).toEqual({ status: 130, err: 'meanfield: interrupted; no result was written\n' });
    expect(await readdir(cwd)).toEqual(['e.json']);
  });
});
