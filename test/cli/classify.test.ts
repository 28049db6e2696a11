import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../experiment/fixtures.ts';
import { meanfield } from './harness.ts';

const scaling = (a: number, b: number, ...more: string[]) =>
  meanfield(['classify', '--learning-rate-exponent', String(a), '--keep-rate-exponent', String(b), ...more, '--json']);

describe('classify', () => {
  // docs/theory.md section 2; α = τ₀/q₀, c = q₀.
  it.each([
    [0.75, 0.25, { phase: 'gradient-flow', jumpSize: 0, activeCount: null, learningRate: 0, keepRate: 0 }],
    [0.5, 0.5, { phase: 'poisson-jump', jumpSize: 1.5, activeCount: null, learningRate: 0, keepRate: 0 }],
    [0, 0, { phase: 'bernoulli-jump', jumpSize: 1.5, activeCount: null, learningRate: 0.3, keepRate: 0.2 }],
    [1.5, 1, { phase: 'penalized-flow', jumpSize: 0, activeCount: 0.2, learningRate: 0, keepRate: 0 }],
    [1, 1, { phase: 'penalized-jump', jumpSize: 1.5, activeCount: 0.2, learningRate: 0, keepRate: 0 }],
  ])('names the phase of exponents %s and %s', async (a, b, expected) => {
    const { status, err, json } = await scaling(a, b, '--learning-rate', '0.3', '--keep-rate', '0.2');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const result = json<Record<string, number>>();
    expect(Object.keys(result)).toEqual(['phase', 'degenerate', 'jumpSize', 'activeCount', 'learningRate', 'keepRate']);
    expect({ ...result, jumpSize: result.jumpSize && Number(result.jumpSize.toFixed(12)) }).toEqual({
      ...expected,
      degenerate: [],
    });
  });

  it('names every degenerate regime', async () => {
    expect((await scaling(-1, 2)).json()).toMatchObject({
      phase: null,
      degenerate: ['exploding-jumps', 'starved', 'diverging-step'],
    });
    expect((await scaling(0.2, 0.5)).json()).toMatchObject({
      phase: null,
      degenerate: ['exploding-jumps'],
      jumpSize: null,
    });
  });

  it('prints text for people, and writes classify.json into --out', async () => {
    const cwd = await temporaryFolder();
    const argv = ['classify', '--learning-rate-exponent', '1', '--keep-rate-exponent', '1', '--out', 'a/b'];
    const { status, out, err } = await meanfield(argv, { cwd });
    expect(status).toBe(0);
    expect(out).toContain('penalized-jump');
    expect(err).toContain('classify.json');
    expect(JSON.parse(await readFile(join(cwd, 'a', 'b', 'classify.json'), 'utf8'))).toMatchObject({ activeCount: 1 });
  });

  it('takes all constants as 1 for a network without a task', async () => {
    const argv = ['classify', '--width', '100', '--learning-rate', '0.02', '--keep-rate', '0.2', '--json'];
    const result = (await meanfield(argv)).json<Record<string, unknown>>();
    expect(Object.keys(result)).toEqual(['jumpSize', 'activeCount', 'penalty', 'nearest', 'errors']);
    // docs/theory.md section 4.5: fluctuation 0.1; bias 0.1 + 0.04 + 0.01.
    expect((result.errors as Record<string, number>)['gradient-flow']).toBeCloseTo(Math.hypot(0.1, 0.15), 12);
  });

  it('forecasts the errors of a network on the task of a file', async () => {
    const cwd = await temporaryFolder();
    const data = { inputs: [[1]], targets: [1] };
    const initial = { inner: { normal: 1 } };
    const experiment = { data, network: { neuron: 'linear' }, initial, horizon: 1, seed: 3 };
    await writeFile(join(cwd, 'task.json'), JSON.stringify(experiment));
    const argv = ['classify', 'task.json', '--width', '500', '--learning-rate', '0.25', '--keep-rate', '0.5'];
    const { status, out, err } = await meanfield([...argv, '--out', '.'], { cwd });
    expect({ status, err }).toEqual({ status: 0, err: 'meanfield: wrote classify.json\n' });
    const result = JSON.parse(await readFile(join(cwd, 'classify.json'), 'utf8'));
    expect(Object.keys(result)).toEqual([
      'jumpSize',
      'activeCount',
      'penalty',
      'nearest',
      'errors',
      'forecasts',
      'constants',
      'horizon',
    ]);
    // Exactly 0.0558 against the flow and 0.0227 against Bernoulli jumps (linear oracle).
    expect(result.errors['gradient-flow']).toBeGreaterThan(0.048);
    expect(result.errors['gradient-flow']).toBeLessThan(0.064);
    expect(result.errors['bernoulli-jump']).toBeGreaterThan(0.019);
    expect(result.errors['bernoulli-jump']).toBeLessThan(0.026);
    expect(out).toContain(`nearest limit           ${result.nearest}`);
    expect(out).toMatch(/penalized-jump .* -\n/);
  });

  it('refuses a file without a network, and one that fixes its neurons', async () => {
    const cwd = await temporaryFolder();
    const fixed = { data: { inputs: [[1]], targets: [1] }, network: { neuron: 'linear' }, horizon: 1 };
    await writeFile(join(cwd, 'fixed.json'), JSON.stringify({ ...fixed, initial: { points: [[0], [1]] } }));
    const scaling = ['--learning-rate-exponent', '1', '--keep-rate-exponent', '1'];
    expect((await meanfield(['classify', 'fixed.json', ...scaling], { cwd })).err).toContain('--width must be given');
    const network = ['--width', '100', '--learning-rate', '0.1', '--keep-rate', '0.5'];
    const { status, err } = await meanfield(['classify', 'fixed.json', ...network], { cwd });
    expect({ status, err }).toEqual({
      status: 2,
      err: 'meanfield: fixed.json: initial.points must be left out: pilot networks of other widths are drawn from a law, got "2 points"\n',
    });
    const short = ['--width', '100', '--learning-rate', '9', '--keep-rate', '1'];
    await writeFile(join(cwd, 'ok.json'), JSON.stringify({ ...fixed, initial: { inner: { normal: 1 } } }));
    expect((await meanfield(['classify', 'ok.json', ...short], { cwd })).err).toContain(
      'horizon must be at least half',
    );
  });
});
