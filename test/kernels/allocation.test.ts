import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { FiniteNetwork } from '../../src/dropout/train/network.ts';
import { VARIANT_STEPS } from '../../src/dropout/train/variants.ts';
import { fixedPoints, learningTask, logisticLoss, perceptron, squaredLoss } from '../../src/network/index.ts';
import { normal, stream } from '../../src/random/index.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const STEPS = 10_000;

/** Bytes that a step takes from the heap, once the engine has compiled it. */
function bytesPerStep(step: (t: number) => void): number {
  for (let t = 0; t < STEPS; t++) step(t);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let t = 0; t < STEPS; t++) step(t);
  return (process.memoryUsage().heapUsed - before) / STEPS;
}

const VARIANTS = Object.keys(VARIANT_STEPS) as (keyof typeof VARIANT_STEPS)[];

test.each(
  VARIANTS.flatMap((variant) => [squaredLoss, logisticLoss].map((loss) => [variant, loss.name, loss] as const)),
)('a step of %s under the %s loss allocates nothing', (variant, _name, loss) => {
  const rng = stream(1);
  const matrix = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => normal(rng)));
  const m = 16;
  const start = matrix(8, 4);
  const task = learningTask({
    neuron: perceptron({ inputs: matrix(m, 2), bias: true }),
    loss,
    targets: Float64Array.from({ length: m }, (_, j) => (j % 2 === 0 ? 1 : -1)),
    initial: fixedPoints(start),
  });
  const network = new FiniteNetwork(task, Float64Array.from(start.flat()), 0.01, 0.5);
  const step = VARIANT_STEPS[variant].step(network);
  const sets = [
    { indices: Int32Array.of(0, 2, 3, 7), count: 4 },
    { indices: Int32Array.of(1, 2, 6), count: 3 },
  ] as const;
  // A view or an array would be 100 bytes and more; the rest is the test runner's.
  expect(bytesPerStep((t) => step(sets[t & 1]!, sets[1 - (t & 1)]!))).toBeLessThan(50);
});
