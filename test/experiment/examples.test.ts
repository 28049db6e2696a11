import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readExperiment } from '../../src/experiment/index.ts';

const folder = join(import.meta.dirname, '..', '..', 'examples');

/** p, m and d of every experiment file in examples/. */
const EXPECTED: Readonly<Record<string, readonly [number, number]>> = {
  'banknote.json': [6, 64],
  'ionosphere.json': [35, 64],
  'linear-oracle.json': [1, 1],
  'logistic.json': [6, 32],
  'teacher-student.json': [21, 500],
  'wine-quality-red.json': [13, 64],
};

describe('examples', () => {
  it('are all listed here', () => {
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toEqual(Object.keys(EXPECTED));
  });

  it.each(Object.entries(EXPECTED))('%s can be read from anywhere', async (name, [parameters, samples]) => {
    const { task } = await readExperiment(join(folder, name), { workingDirectory: '/' });
    expect(task.neuron.dimension).toBe(parameters);
    expect(task.neuron.samples).toBe(samples);
    if (task.loss.name === 'logistic') expect(new Set(task.targets)).toEqual(new Set([-1, 1]));
  });

  it('ionosphere: g is -1, b is +1, and the constant column is left out', async () => {
    const { dataset } = await readExperiment(join(folder, 'ionosphere.json'));
    expect(dataset.classes).toEqual(['g', 'b']);
    expect(dataset.columns).not.toContain('1');
    expect(dataset.columns).toHaveLength(33);
  });
});
