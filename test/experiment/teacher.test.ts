import { describe, expect, it } from 'vitest';
import { loadExperiment } from '../../src/experiment/index.ts';
import { PERCEPTRON } from './fixtures.ts';

const load = (teacher: object) =>
  loadExperiment({ ...PERCEPTRON, data: { teacher: { dimension: 20, samples: 500, neurons: 15, ...teacher } } });

describe('teacher data', () => {
  it('are a function of the teacher alone', async () => {
    const first = await load({});
    const again = await loadExperiment({ ...first.file, seed: 99 });
    expect(again.dataset).toEqual(first.dataset);
    expect((await load({ seed: 1 })).dataset.targets).not.toEqual(first.dataset.targets);
    expect((await load({ activation: 'tanh' })).dataset.inputs).toEqual(first.dataset.inputs);
  });

  it('have normal inputs of variance 1/d', async () => {
    const { inputs } = (await load({ dimension: 10, samples: 2000 })).dataset;
    let sum = 0;
    let squares = 0;
    for (const x of inputs.data) {
      sum += x;
      squares += x * x;
    }
    const count = inputs.data.length;
    // Fixed seed. For normal inputs each |z| > 5.5 has probability 4e-8.
    expect(Math.abs((sum / count) * Math.sqrt(count * 10))).toBeLessThan(5.5);
    expect(Math.abs(((squares / count) * 10 - 1) * Math.sqrt(count / 2))).toBeLessThan(5.5);
  });

  it('have targets of the size that a mean of random neurons has', async () => {
    // E f² = E (aσ(g))² / k = (1/2) E‖z‖² / k for the ReLU, with E‖z‖² = 1: averaged over 200 teachers of 3 neurons.
    let sum = 0;
    const seeds = 200;
    const values: number[] = [];
    for (let seed = 0; seed < seeds; seed++) {
      const { targets } = (await load({ dimension: 5, samples: 1, neurons: 3, seed })).dataset;
      values.push(targets[0]! ** 2);
      sum += values[seed]!;
    }
    const mean = sum / seeds;
    const deviation = Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (seeds - 1));
    // Fixed seeds; 5.5 standard errors are exceeded with probability 4e-8 (heavier tails of a squared sum: below 1e-6).
    expect(Math.abs(mean - 1 / 6)).toBeLessThan((5.5 * deviation) / Math.sqrt(seeds));
  });
});
