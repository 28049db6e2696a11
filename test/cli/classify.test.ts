import { readFile } from 'node:fs/promises';
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
});
