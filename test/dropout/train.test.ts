import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  bernoulliMasks,
  FiniteNetwork,
  type MaskSource,
  train,
  trainAsync,
  trainWithMasks,
  VARIANTS,
  type Variant,
} from '../../src/dropout/index.ts';
import {
  fixedPoints,
  independentNormals,
  type LearningTask,
  learningTask,
  logisticLoss,
  perceptron,
  perceptronNormals,
  predictions,
  squaredLoss,
} from '../../src/network/index.ts';
import { normal, stream } from '../../src/random/index.ts';
import { linearTask } from './linear-task.ts';

const POINTS = [
  [0.4, 1.0, -0.3, 0.2],
  [-1.1, 0.6, 0.8, -0.1],
  [0.9, -0.5, 0.2, 0.3],
  [0.7, 0.1, -1.2, 0.5],
];
const INPUTS = [
  [0.5, -1.0],
  [1.5, 0.25],
  [-0.75, 0.8],
];

function smallTask(loss: 'squared' | 'logistic'): LearningTask {
  return learningTask({
    neuron: perceptron({ inputs: INPUTS, bias: true }),
    loss: loss === 'squared' ? squaredLoss : logisticLoss,
    targets: loss === 'squared' ? [1.0, -0.5, 0.3] : [1, -1, 1],
    weights: [2, 1, 1],
    initial: fixedPoints(POINTS),
  });
}

/** A tanh network on `m` random samples in 3 dimensions. */
function randomTask(m: number, seed = 1): LearningTask {
  const rng = stream(seed).split('task');
  const inputs = Array.from({ length: m }, () => [normal(rng), normal(rng), normal(rng)]);
  return learningTask({
    neuron: perceptron({ inputs, bias: true }),
    targets: inputs.map((z) => Math.sin(z[0]! + z[1]!)),
    initial: perceptronNormals({ dimension: 5 }),
  });
}

describe('against an implementation in numpy with the same masks', () => {
  // Five steps of each variant, τ = 0.2, q = 1/2, computed with dense masked arrays (numpy 2.4).
  const reference = JSON.parse(readFileSync(new URL('train-numpy.json', import.meta.url), 'utf8')) as Record<
    Variant,
    Record<'squared' | 'logistic', number[]>
  >;
  const forward = ['1011', '0110', '1101', '0000', '1111'];
  const backward = ['0110', '1001', '1111', '0100', '0011'];
  const listed = (masks: string[]) => (step: number, set: { indices: Int32Array; count: number }) => {
    set.count = 0;
    [...masks[step]!].forEach((bit, i) => {
      if (bit === '1') set.indices[set.count++] = i;
    });
  };
  const masks: MaskSource = { forwardInto: listed(forward), backwardInto: listed(backward) };

  test.each(VARIANTS.flatMap((variant) => (['squared', 'logistic'] as const).map((loss) => ({ variant, loss }))))(
    '$variant, $loss loss',
    ({ variant, loss }) => {
      const options = { learningRate: 0.2, keepRate: 0.5, variant, steps: 5, rng: stream(0) };
      const { particles } = trainWithMasks(smallTask(loss), options, masks);
      reference[variant][loss].forEach((x, i) => {
        expect(Math.abs(particles.data[i]! - x)).toBeLessThan(1e-13);
      });
    },
  );
});

test('only active neurons move', () => {
  const task = randomTask(4);
  const options = { width: 50, learningRate: 0.01, keepRate: 0.1, rng: stream(3) };
  const before = train(task, { ...options, steps: 0 }).particles.data;
  for (const variant of ['dropout', 'random-geometry', 'independent-masks'] as const) {
    const after = train(task, { ...options, variant, steps: 1 }).particles.data;
    const moved = Array.from({ length: 50 }, (_, i) => before[5 * i] !== after[5 * i]).filter(Boolean).length;
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(20);
  }
  const all = train(task, { ...options, variant: 'propagation-noise', steps: 1 }).particles.data;
  expect(Array.from({ length: 50 }, (_, i) => before[5 * i] !== all[5 * i]).every(Boolean)).toBe(true);
});

test('the predictions that random geometry keeps up to date do not drift', () => {
  const task = randomTask(6);
  const [width, learningRate, keepRate, steps] = [100, 0.002, 0.02, 3000];
  const run = { width, learningRate, keepRate, rng: stream(5) };
  const { particles } = train(task, { ...run, variant: 'random-geometry', steps });

  // The same masks, with F summed from scratch at every step.
  const start = train(task, { ...run, steps: 0 }).particles.data;
  const network = new FiniteNetwork(task, start, learningRate, keepRate);
  const masks = bernoulliMasks(stream(5), width, keepRate);
  const active = { indices: new Int32Array(width), count: 0 };
  for (let k = 0; k < steps; k++) {
    masks.forwardInto(k, active);
    network.kernel.forward(start, null, width, network.forward);
    network.residualOf(1 / width);
    network.kernel.forward(start, active.indices, active.count, null);
    network.kernel.descend(start, network.residual, learningRate / keepRate);
  }
  // Between two sums from scratch there are 32/q additions, each of which rounds F by at most a few 2⁻⁵³ |F|, |F| < 1 here; the
  // run lasts 6 units of time, over which an error in F enters the neurons with a factor of order 1.
  const drift = Math.max(...start.map((x, i) => Math.abs(x - particles.data[i]!)));
  expect(drift).toBeLessThan(10 * (32 / keepRate) * 2 ** -53);
  expect(drift).toBeGreaterThan(0);
});

describe('mini-batches', () => {
  test('a batch of all samples is the full batch, and a smaller one has its mean', () => {
    const task = randomTask(4);
    const base = { width: 3, learningRate: 0.1, keepRate: 1, steps: 1 } as const;
    const whole = train(task, { ...base, rng: stream(1) }).particles.data;
    expect(train(task, { ...base, batchSize: 4, rng: stream(1) }).particles.data).toEqual(whole);

    // With q = 1 the update is linear in the batch's residual, so that its mean over batches is the full step.
    const start = train(task, { ...base, steps: 0, rng: stream(1) }).particles;
    const sums = new Float64Array(whole.length);
    const squares = new Float64Array(whole.length);
    const replicates = 4000;
    for (let r = 0; r < replicates; r++) {
      const { particles } = train(task, { ...base, batchSize: 2, start, width: 3, rng: stream(2).split(r) });
      particles.data.forEach((x, i) => {
        sums[i]! += x - whole[i]!;
        squares[i]! += (x - whole[i]!) ** 2;
      });
    }
    // |z| > 5 for one of 15 coordinates: false alarm below 1e-5 (the seed is fixed).
    sums.forEach((sum, i) => {
      expect(Math.abs(sum) / Math.sqrt(squares[i]!)).toBeLessThan(5);
      expect(squares[i]).toBeGreaterThan(0);
    });
  });

  test.each(VARIANTS)('%s runs with mini-batches and its final predictions are at all samples', (variant) => {
    const task = randomTask(7);
    const options = { width: 20, learningRate: 0.05, keepRate: 0.5, batchSize: 3, variant, horizon: 1, rng: stream(4) };
    const result = train(task, options);
    expect(result.outcome.code).toBe('completed');
    expect(result.predictions).toEqual(predictions(task, result.particles));
  });
});

describe('saving', () => {
  test('saves at the nearest steps, live predictions included, and does not change the run', () => {
    const task = randomTask(5);
    const options = { width: 10, learningRate: 0.1, keepRate: 0.5, horizon: 1, rng: stream(8) };
    const plain = train(task, options);
    const seen = train(task, {
      ...options,
      saveAt: [0, 0.26, 0.26, 1],
      save: (snapshot) => ({ step: snapshot.step, f: snapshot.predictions().slice(), x: snapshot.particles[0]! }),
    });
    expect([...seen.times]).toEqual([0, 0.3, 0.3, 1].map((t) => Math.round(t / 0.1) * 0.1));
    expect(seen.saved.map(({ step }) => step)).toEqual([0, 3, 3, 10]);
    expect(seen.saved[3]!.f).toEqual(plain.predictions);
    expect(seen.particles.data).toEqual(plain.particles.data);
    expect(seen.saved[0]!.f).not.toEqual(seen.saved[1]!.f);
  });

  test('reports progress and can be aborted between steps', () => {
    const controller = new AbortController();
    const fractions: number[] = [];
    const result = train(randomTask(3), {
      width: 5,
      learningRate: 0.01,
      keepRate: 0.5,
      steps: 1000,
      rng: stream(1),
      signal: controller.signal,
      progress: (fraction) => {
        fractions.push(fraction);
        if (fraction >= 0.3) controller.abort();
      },
    });
    expect(result.outcome).toMatchObject({ code: 'aborted', steps: 300 });
    expect(fractions[0]).toBeCloseTo(0.01);
    expect(fractions.length).toBe(30);
  });

  test('the asynchronous run gives the same numbers and lets others abort it', async () => {
    const options = { width: 200, learningRate: 0.001, keepRate: 0.5, steps: 2000, rng: stream(1) };
    const task = randomTask(3);
    expect((await trainAsync(task, options)).particles.data).toEqual(train(task, options).particles.data);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    const aborted = await trainAsync(task, { ...options, steps: 1e9, signal: controller.signal });
    expect(aborted.outcome.code).toBe('aborted');
  });
});

describe('divergence', () => {
  test.each(VARIANTS)('%s ends as diverged with the step, and without NaN', (variant) => {
    const options = { width: 4, learningRate: 50, keepRate: 0.9, variant, steps: 100_000, rng: stream(2) };
    const { outcome, particles, predictions: f } = train(linearTask(1), options);
    expect(outcome.code).toBe('diverged');
    expect(outcome.steps).toBeGreaterThan(10);
    expect(outcome.message).toContain(`step ${outcome.steps}`);
    expect(particles.data.some(Number.isNaN)).toBe(false);
    expect(f.length).toBe(0);
    expect(() => train(linearTask(1), { ...options, throwOnFailure: true })).toThrow('diverged');
  });

  test('nothing that is not finite is saved', () => {
    const { saved, times, outcome } = train(linearTask(1), {
      width: 4,
      learningRate: 50,
      keepRate: 1,
      steps: 400,
      rng: stream(2),
      saveAt: Array.from({ length: 41 }, (_, i) => 500 * i),
      save: (snapshot) => snapshot.predictions()[0]!,
    });
    expect(outcome.code).toBe('diverged');
    expect(saved.every(Number.isFinite)).toBe(true);
    expect(times.length).toBe(saved.length);
    expect(saved.length).toBeGreaterThan(5);
  });
});

test('a run is a function of the name of its stream', () => {
  const options = { width: 30, learningRate: 0.05, keepRate: 0.3, steps: 40 };
  const rng = stream(6).split('run');
  const first = train(randomTask(4), { ...options, rng });
  rng.uniform();
  expect(train(randomTask(4), { ...options, rng }).particles.data).toEqual(first.particles.data);
  expect(train(randomTask(4), { ...options, rng: stream(7) }).particles.data).not.toEqual(first.particles.data);
});

describe('bad input is refused before any work', () => {
  const good = { width: 3, learningRate: 0.1, keepRate: 0.5, steps: 2, rng: stream(1) };
  test.each([
    [{ width: 0 }, 'width must be an integer in [1'],
    [{ width: 2.5 }, 'got 2.5'],
    [{ learningRate: 0 }, 'learningRate must be a finite number in (0, inf), got 0'],
    [{ learningRate: Number.NaN }, 'got NaN'],
    [{ keepRate: 0 }, 'keepRate must be a finite number in (0, 1], got 0'],
    [{ keepRate: 1.01 }, 'got 1.01'],
    [{ variant: 'dropot' as Variant }, 'variant must be one of dropout, random-geometry'],
    [{ batchSize: 5 }, 'batchSize must be an integer in [1, 4], got 5'],
    [{ steps: -1 }, 'steps must be an integer'],
    [{ horizon: 1 }, 'steps must be given, or horizon, but not both'],
    [{ saveAt: [0.3] }, 'saveAt[0] must be in [0, 0.2]'],
    [{ saveAt: [0.2, 0.1] }, 'saveAt[1] must be at least'],
    [{ start: [[1, 2, 3]] }, 'start must be of shape [n, 5]'],
    [{ start: [[1, 2, 3, 4, 5]], width: 2 }, 'width must be 1, the number of fixed neurons'],
  ])('%j', (change, message) => {
    expect(() => train(randomTask(4), { ...good, ...change })).toThrow(message);
  });

  test('a task whose parts do not fit', () => {
    const neuron = perceptron({ inputs: INPUTS });
    const initial = independentNormals([1, 1, 1]);
    expect(() => learningTask({ neuron, targets: [1, 2], initial })).toThrow('targets.length must be 3, got 2');
    expect(() => learningTask({ neuron, targets: [1, 2, 3], initial: independentNormals([1]) })).toThrow(
      'initial.dimension must be 3',
    );
    expect(() => learningTask({ neuron, targets: [1, 2, 3], loss: logisticLoss, initial })).toThrow(
      'targets[1] must be -1 or 1 for the logistic loss, got 2',
    );
    expect(() => learningTask({ neuron, targets: [1, 2, 3], weights: [0, 0, 0], initial })).toThrow('weights');
    expect(() => learningTask({ neuron, targets: [1, 2, 3], weights: [1, -1, 1], initial })).toThrow('weights[1]');
    expect(() => perceptron({ inputs: [[1, 2], [3]] })).toThrow('inputs[1].length must be 2');
    expect(() => perceptron({ inputs: [] })).toThrow('inputs must be at least one sample');
  });
});
