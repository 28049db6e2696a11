import { expect, test } from 'vitest';
import { coupleToLimit, referencePath } from '../../src/convergence/coupling/index.ts';
import { phaseBernoulliJump, train } from '../../src/dropout/index.ts';
import { learningTask, perceptron, perceptronNormals } from '../../src/network/index.ts';
import { lendKernels } from '../../src/network/lent-kernels.ts';
import { stream } from '../../src/random/index.ts';

const inputs = [
  [0.3, -1],
  [1.2, 0.4],
  [-0.7, 0.9],
];
const task = learningTask({
  neuron: perceptron({ inputs, bias: true }),
  targets: [1, -1, 0.5],
  initial: perceptronNormals({ dimension: 4 }),
});

test('kernels that are lent give the bits of new ones, and are used again', () => {
  const { neuron } = task;
  let made = 0;
  const counting = {
    ...task,
    neuron: {
      ...neuron,
      kernel: () => {
        made++;
        return neuron.kernel();
      },
    },
  };
  const lent = lendKernels(counting);
  const rates = { learningRate: 0.25, keepRate: 0.5, horizon: 1 };
  const phase = phaseBernoulliJump(rates);
  const reference = referencePath(Float64Array.of(0, 1), new Float64Array(6));
  const runs = (on: typeof task, replicate: number) => {
    const rng = stream(5).split(replicate);
    const width = 7 + replicate;
    return [
      coupleToLimit(on, { ...rates, phase, width, reference, rng }).pathErrors,
      train(on, { ...rates, width, rng, batchSize: 2 }).particles.data,
      train(on, { ...rates, width, rng }).particles.data,
    ];
  };
  for (let replicate = 0; replicate < 4; replicate++) {
    lent.takeBack();
    const before = made;
    expect(runs(lent.task, replicate)).toEqual(runs(task, replicate));
    expect(made > before).toBe(replicate === 0);
  }
});
