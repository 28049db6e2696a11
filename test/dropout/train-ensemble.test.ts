import { describe, expect, test } from 'vitest';
import { RunError } from '../../src/base/index.ts';
import { train } from '../../src/dropout/index.ts';
import { bernoulliMasks } from '../../src/dropout/train/masks.ts';
import { trainEnsemble } from '../../src/dropout/train/train-ensemble.ts';
import {
  fixedPoints,
  independentNormals,
  learningTask,
  linearNeuron,
  perceptron,
  perceptronNormals,
} from '../../src/network/index.ts';
import { stream } from '../../src/random/index.ts';

const inputs = Array.from({ length: 5 }, (_, j) => [Math.sin(j), Math.cos(2 * j)]);
const targets = inputs.map((_, j) => (j % 2 === 0 ? 1 : -1));
const task = learningTask({ neuron: perceptron({ inputs }), targets, initial: perceptronNormals({ dimension: 3 }) });
const streams = (count: number) => Array.from({ length: count }, (_, r) => stream(4).split('ensemble', r));

describe.each(['dropout', 'random-geometry'] as const)('an ensemble of %s', (variant) => {
  // 0.5 to 60 active neurons: some steps have none.
  test.each([
    [8, 0.06],
    [8, 0.25],
    [6, 1],
    [40, 0.5],
    [100, 0.6],
  ])('ends where single runs do, bit by bit (n = %i, q = %d)', (width, keepRate) => {
    const options = { width, keepRate, learningRate: 0.05, horizon: 2, variant };
    const together = trainEnsemble(task, { ...options, streams: streams(7) });
    const apart = streams(7).map((rng) => train(task, { ...options, rng }).predictions);
    expect([...together.predictions]).toEqual(apart.flatMap((row) => [...row]));
  });

  test('starts at fixed neurons, as train does', () => {
    const points = [
      [1, 0.5, -1],
      [-1, 2, 0.25],
      [0.5, 0, 1],
    ];
    const fixed = learningTask({ neuron: perceptron({ inputs }), targets, initial: fixedPoints(points) });
    const options = { width: 3, keepRate: 0.5, learningRate: 0.1, horizon: 1, variant };
    const together = trainEnsemble(fixed, { ...options, streams: streams(3) });
    const apart = streams(3).map((rng) => train(fixed, { ...options, rng }).predictions);
    expect([...together.predictions]).toEqual(apart.flatMap((row) => [...row]));
    expect(() => trainEnsemble(fixed, { ...options, width: 4, streams: streams(1) })).toThrow('3, the number of fixed');
  });

  test('hands out the start and the end, and stops where a network diverges', () => {
    const starts: number[] = [];
    const ends: number[] = [];
    const options = { width: 3, keepRate: 0.5, horizon: 1, variant, streams: streams(2) };
    trainEnsemble(task, {
      ...options,
      learningRate: 0.5,
      started: (_, x) => starts.push(...x),
      finished: (_, x) => ends.push(...x),
    });
    const whole = streams(2).map((rng) =>
      train(task, { width: 3, keepRate: 0.5, learningRate: 0.5, horizon: 1, variant, rng }),
    );
    expect(ends).toEqual(whole.flatMap(({ particles }) => [...particles.data]));
    const expected = streams(2).map((rng) => train(task, { width: 3, keepRate: 1, learningRate: 1, steps: 0, rng }));
    expect(starts).toEqual(expected.flatMap(({ particles }) => [...particles.data]));
    const linear = learningTask({
      neuron: linearNeuron({ inputs: [[1]] }),
      targets: [1],
      initial: independentNormals([1]),
    });
    expect(() => trainEnsemble(linear, { ...options, learningRate: 50, horizon: 50_000 })).toThrow(RunError);
  });
});

test.each([
  [0.5, 7],
  [0.05, 40],
  [1, 3],
])('counts the updates of each neuron in the two halves of its steps (q = %d, %i steps)', (keepRate, steps) => {
  const options = { width: 6, keepRate, learningRate: 0.01, horizon: 0.01 * steps };
  const counted: number[][] = [];
  trainEnsemble(task, { ...options, streams: streams(3), finished: (_r, _x, updates) => counted.push([...updates]) });
  const half = Math.floor(steps / 2);
  const expected = streams(3).map((rng) => {
    const masks = bernoulliMasks(rng, 6, keepRate);
    const active = { indices: new Int32Array(6), count: 0 };
    const out = new Array<number>(12).fill(0);
    for (let k = 0; k < steps; k++) {
      masks.forwardInto(k, active);
      for (const i of active.indices.subarray(0, active.count)) out[(k < half ? 0 : 6) + i]!++;
    }
    return out;
  });
  expect(counted).toEqual(expected);
});

test('the forward noise of random geometry is ∫ (f_B − F) dt', () => {
  const options = { width: 4, keepRate: 0.5, learningRate: 0.25, horizon: 0.25, variant: 'random-geometry' } as const;
  const [rng] = streams(1);
  const { forwardNoise } = trainEnsemble(task, { ...options, streams: [rng!] });
  // One step: f_B is what a step of dropout from the same start answers to; here, from the mask itself.
  const start = train(task, { width: 4, keepRate: 1, learningRate: 1, steps: 0, rng: rng! });
  const moved = train(task, { ...options, rng: rng! }).particles.data;
  const phi = (i: number) =>
    inputs.map(
      (z) =>
        start.particles.data[3 * i]! *
        Math.tanh(z[0]! * start.particles.data[3 * i + 1]! + z[1]! * start.particles.data[3 * i + 2]!),
    );
  const active = [0, 1, 2, 3].filter((i) => moved[3 * i] !== start.particles.data[3 * i]);
  inputs.forEach((_, j) => {
    const masked = active.reduce((sum, i) => sum + phi(i)[j]!, 0) / (0.5 * 4);
    expect(forwardNoise[j]).toBeCloseTo(0.25 * (masked - start.predictions[j]!), 14);
  });
});

test('the second moment of the forward noise weighs later steps more', () => {
  const options = {
    width: 4,
    keepRate: 0.5,
    learningRate: 0.25,
    variant: 'random-geometry',
    streams: streams(2),
  } as const;
  const one = trainEnsemble(task, { ...options, horizon: 0.25 }).forwardNoise;
  const two = trainEnsemble(task, { ...options, horizon: 0.5 }).forwardNoise;
  // Of two steps the first has the weight -1/2 and the second 1/2.
  for (const r of [0, 1])
    for (let j = 0; j < 5; j++) {
      const at = 10 * r + j;
      expect(two[at + 5]).toBeCloseTo(0.5 * two[at]! - one[at]!, 14);
      expect(one[at + 5]).toBe(0);
    }
});

test('the forward noise is kept at the samples that are asked for', () => {
  const options = {
    width: 4,
    keepRate: 0.5,
    learningRate: 0.25,
    horizon: 1,
    variant: 'random-geometry',
    streams: streams(2),
  } as const;
  const all = trainEnsemble(task, options).forwardNoise;
  const some = trainEnsemble(task, { ...options, noiseSamples: Int32Array.of(3, 1) }).forwardNoise;
  expect([...some]).toEqual([3, 1, 8, 6, 13, 11, 18, 16].map((at) => all[at]));
});

test('refuses what a run refuses', () => {
  const options = { width: 4, keepRate: 0.5, learningRate: 0.25, horizon: 1, streams: streams(1) };
  expect(() => trainEnsemble(task, { ...options, width: 0 })).toThrow('width');
  expect(() => trainEnsemble(task, { ...options, keepRate: 1.5 })).toThrow('keepRate');
  expect(() => trainEnsemble(task, { ...options, learningRate: 0 })).toThrow('learningRate');
  expect(() => trainEnsemble(task, { ...options, variant: 'none' as 'dropout' })).toThrow('variant');
});
