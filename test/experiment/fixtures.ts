import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadExperiment } from '../../src/experiment/index.ts';

/** The smallest experiment: one linear neuron parameter, one sample. */
export const SMALL = {
  data: { inputs: [[1]], targets: [1] },
  network: { neuron: 'linear' },
  initial: { inner: { normal: 1 } },
  horizon: 1,
} as const;

/** A perceptron without data, to be completed. */
export const PERCEPTRON = {
  network: { neuron: 'perceptron', activation: 'tanh', bias: true },
  initial: { outer: { normal: 1 }, inner: { normal: 1 } },
  horizon: 1,
} as const;

/** A folder of its own for a test, removed afterwards. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meanfield-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Loads a perceptron on a CSV file with this content. */
export async function loadCsv(content: string | Uint8Array, data: object = {}, more: object = {}) {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'data.csv'), content);
  return loadExperiment({ ...PERCEPTRON, ...more, data: { csv: 'data.csv', ...data } }, { folder });
}
