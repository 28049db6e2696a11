import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SMALL, temporaryFolder } from '../experiment/fixtures.ts';
import { meanfield } from './harness.ts';

async function limit(content: unknown, ...options: string[]) {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'e.json'), JSON.stringify(content));
  return meanfield(['limit', 'e.json', ...options], { cwd });
}

describe('limit', () => {
  it.each([
    ['gradient-flow'],
    ['poisson-jump', '--jump-size', '0.5'],
    ['bernoulli-jump', '--learning-rate', '0.5', '--keep-rate', '0.5'],
    ['penalized-flow', '--active-count', '2'],
    ['penalized-jump', '--jump-size', '0.5', '--active-count', '2'],
  ])('%s: has the keys of simulate, with particles for replicates', async (phase, ...parameters) => {
    const argv = ['--phase', phase, ...parameters, '--particles', '64', '--replicates', '3', '--json'];
    const { status, err, json } = await limit(SMALL, ...argv);
    expect(status).toBe(0);
    expect(err).toMatch(/^meanfield: 3 clouds of 64 particles, [\w-]+\n$/);
    const result = json();
    expect(Object.keys(result)).toEqual(['time', 'steps', 'particles', 'predictions', 'risk', 'neuron', 'seconds']);
    expect(result).toMatchObject({ time: 1, particles: 64 });
    expect(Object.keys(result.neuron as object)).toEqual(['mean', 'secondMoment', 'squaredMean']);
    expect(JSON.stringify(result)).not.toContain('null');
  });

  it.each([
    ['gradient-flow', 'characteristics with 64 nodes, rk4'],
    ['poisson-jump', 'grid with 64 cells, ssp-rk4', '--jump-size', '0.5'],
    ['bernoulli-jump', 'grid with 64 cells, bernoulli-clock', '--learning-rate', '0.5', '--keep-rate', '0.5'],
    ['penalized-flow', 'characteristics with 64 nodes, rk4', '--active-count', '2'],
    [
      'penalized-jump',
      '2 replicates of grid with 64 cells, ssp-rk4',
      ...['--jump-size', '0.5', '--active-count', '2', '--replicates', '2', '--step', '0.25'],
    ],
  ])('%s in distribution space: the same keys', async (phase, said, ...parameters) => {
    const argv = ['--phase', phase, ...parameters, '--particles', '64', '--space', 'distribution', '--json'];
    const { status, err, json } = await limit(SMALL, ...argv);
    expect(status).toBe(0);
    expect(err).toBe(`meanfield: ${said}\n`);
    const result = json();
    expect(Object.keys(result)).toEqual(['time', 'steps', 'particles', 'predictions', 'risk', 'neuron', 'seconds']);
    expect(result).toMatchObject({ time: 1, particles: 64 });
    expect(JSON.stringify(result)).not.toContain('null');
  });

  it('starts from copies of fixed points, and says so', async () => {
    const content = { ...SMALL, initial: { points: [[1], [2], [3]] } };
    const { err, json } = await limit(
      content,
      '--phase',
      'poisson-jump',
      '--jump-size',
      '1',
      '--particles',
      '7',
      '--replicates',
      '2',
      '--json',
    );
    expect(err).toContain('9 particles (3 of each point)');
    expect(json()).toMatchObject({ particles: 9 });
  });

  it('prints a table for people', async () => {
    const { out, status } = await limit(SMALL, '--phase', 'gradient-flow', '--particles', '8', '--quiet');
    expect(status).toBe(0);
    expect(out).toMatch(/^second moment of inner\[0\] +\d/m);
  });
});
