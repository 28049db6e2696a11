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
    const batches = () => train(on, { ...rates, width, rng, batchSize: 2 }).particles.data;
    const coupled = () => coupleToLimit(on, { ...rates, phase, width, reference, rng }).pathErrors;
    const whole = () => train(on, { ...rates, width, rng }).particles.data;
    // Kernels come in turn: what selected samples must do for what does not, too.
    return (replicate % 2 === 0 ? [batches, coupled, whole] : [whole, coupled, batches]).map((each) => each());
  };
  for (let replicate = 0; replicate < 4; replicate++) {
    lent.takeBack();
    const before = made;
    expect(runs(lent.task, replicate)).toEqual(runs(task, replicate));
    expect(made > before).toBe(replicate === 0);
  }
});

test('a kernel that was lent with some samples selected comes back with all', () => {
  const lent = lendKernels(task);
  lent.task.neuron.kernel().select(Int32Array.of(1));
  lent.takeBack();
  expect(lent.task.neuron.kernel().samples).toBe(3);
});

test('a kernel that was made to fit some targets can be made to fit others', () => {
  const particles = () => Float64Array.from({ length: 20 }, (_, i) => Math.sin(i));
  const weights = Float64Array.of(0.5, 0.25, 0.25);
  const moved = (kernel: ReturnType<typeof task.neuron.kernel>, targets: Float64Array) => {
    const cloud = particles();
    kernel.squaredLossStep?.(targets, weights)(cloud, null, 5, 0.2, 0.1);
    return cloud;
  };
  const kernel = task.neuron.kernel();
  for (const last of [2, -2, 3, 3]) {
    const targets = Float64Array.of(1, -1, last);
    expect(moved(kernel, targets)).toEqual(moved(task.neuron.kernel(), targets));
  }
});
