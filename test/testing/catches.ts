import * as fc from 'fast-check';
import { expect } from 'vitest';
import { learningTask, perceptron, perceptronNormals } from '../../src/network/index.ts';

/** The property fails within 100 cases of a fixed seed, with a message that matches. */
export async function catches<T>(property: fc.IProperty<T> | fc.IAsyncProperty<T>, message: RegExp): Promise<void> {
  const { failed, errorInstance } = await fc.check(property as fc.IAsyncProperty<T>, { seed: 1, endOnFailure: true });
  expect(failed).toBe(true);
  expect(String(errorInstance)).toMatch(message);
}

const neuron = perceptron({ inputs: [[1], [-0.5]], activation: 'tanh', bias: true });

/** A task on which training goes far from its start: what is wrong shows. */
export const task = learningTask({
  neuron,
  targets: [1.5, -1],
  initial: perceptronNormals({ dimension: neuron.dimension }),
});
