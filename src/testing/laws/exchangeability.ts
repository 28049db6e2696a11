import * as fc from 'fast-check';
import type { LearningTask } from '../../network/index.ts';
import { bernoulliMasks } from '../arbitraries/masks.ts';
import { type NetworkConstraints, networks } from '../arbitraries/networks.ts';
import { positives, reals } from '../arbitraries/numbers.ts';
import { permutations } from '../arbitraries/permutations.ts';
import { seeds } from '../arbitraries/streams.ts';
import { expectClose, type Tolerance } from '../violation.ts';
import { type MaskedRun, type MaskedTraining, maskedTraining } from './masked-training.ts';

/**
 * Neurons are exchangeable: if the start and the masks are permuted, the result is permuted in the same way. With masks and
 * starts that are exchangeable in law, so are then the trained neurons. Exact but for rounding.
 *
 * @param order - entry i is the old place of the neuron that comes to place i
 */
export function expectExchangeability(
  training: MaskedTraining,
  task: LearningTask,
  run: MaskedRun,
  order: readonly number[],
  tolerance: Tolerance = {},
): void {
  const p = task.neuron.dimension;
  const plain = training(task, run);
  const permuted = training(task, {
    ...run,
    start: order.map((i) => run.start[i]!),
    masks: run.masks.map((mask) => order.flatMap((i, place) => (mask.includes(i) ? [place] : []))),
  });
  const expected = order.flatMap((i) => Array.from({ length: p }, (_, k) => plain[i * p + k]!));
  expectClose('exchangeability', 'the permuted run, coordinate', permuted, expected, { tolerance: 1e-9, ...tolerance });
}

/** Exchangeability of a way to train, by default dropout, on drawn networks with up to four steps of drawn masks. */
export function exchangeabilityProperty(
  training: MaskedTraining = maskedTraining(),
  constraints: NetworkConstraints & Tolerance = {},
) {
  const { maxWidth = 6 } = constraints;
  return fc.property(
    networks({ coordinate: reals({ min: -1, max: 1 }), ...constraints, maxWidth }),
    permutations(maxWidth),
    fc.integer({ min: 1, max: 4 }),
    positives({ min: 1 / 16, max: 1 / 2 }),
    positives({ min: 1 / 4, max: 1 }),
    seeds(),
    ({ task, neurons }, permutation, steps, learningRate, keepRate, seed) => {
      const masks = bernoulliMasks(seed, neurons.length, keepRate, steps);
      const run = { start: neurons, learningRate, keepRate, masks };
      expectExchangeability(training, task, run, permutation(neurons.length), constraints);
    },
  );
}
