import {
  biases,
  coupleToLimit,
  type ErrorConstant,
  type ErrorEstimates,
  fluctuations,
  type Pilot,
  type PredictedErrors,
  referencePath,
} from '../../src/convergence/index.ts';
import { PHASE_IDS, type Phase, type PhaseId, solveLimit, train } from '../../src/dropout/index.ts';
import { type LearningTask, learningTask, perceptron, perceptronNormals } from '../../src/network/index.ts';
import type { Stream } from '../../src/random/index.ts';

/** A forecast and what was measured in its place. */
export interface Comparison {
  readonly id: PhaseId;
  readonly what: 'path' | 'fluctuation' | 'bias' | 'error';
  readonly forecast: ErrorConstant;
  readonly measured: ErrorConstant;
}

/** Tanh neurons of dimension 3 on eight samples of a smooth function of the plane. */
export function tanhTask(samples = 8): LearningTask {
  const inputs = [
    [1, 0],
    [0, 1],
    [-1, 0.5],
    [0.5, -1],
    [1, 1],
    [-0.5, -0.7],
    [0.3, 0.8],
    [-1, -0.2],
  ].slice(0, samples);
  return learningTask({
    neuron: perceptron({ inputs, activation: 'tanh' }),
    targets: inputs.map(([a, b]) => Math.sin(1.5 * a!) + b! / 2),
    initial: perceptronNormals({ dimension: 3 }),
  });
}

/** Measures what was forecast: by replicates of the network, and many clouds of each limit that is wanted. */
export function measureForecasts(
  task: LearningTask,
  network: Pilot,
  { forecasts, constants }: PredictedErrors,
  options: {
    readonly replicates: number;
    readonly clouds: number;
    readonly paths: number;
    readonly ids?: readonly PhaseId[];
    readonly rng: Stream;
  },
): Comparison[] {
  const { rng, ids = PHASE_IDS } = options;
  const { weights } = task;
  const horizon = Math.round(constants.horizon / network.learningRate) * network.learningRate;
  const samples = Array.from({ length: options.replicates }, (_, r) =>
    train(task, { ...network, horizon, rng: rng.split('network', r), throwOnFailure: true }).predictions.slice(),
  );
  const spread = fluctuations([samples], { weights });
  const fluctuation = rootOf(spread);
  const found: Comparison[] = [
    { id: ids[0]!, what: 'fluctuation', forecast: forecasts[ids[0]!].fluctuation, measured: fluctuation },
  ];
  for (const id of ids) {
    const { limit, bias, error, path } = forecasts[id];
    if (limit === null) continue;
    const reference = solveClouds(task, limit, horizon, options.clouds, rng.split('limit', id));
    const distance = biases([samples], reference.ends, { weights });
    const total = Math.sqrt(Math.max(0, distance.values[0]!) + fluctuation.value ** 2);
    const variance = distance.covariance[0]! + spread.covariance[0]!;
    found.push({ id, what: 'bias', forecast: bias, measured: rootOf(distance) });
    found.push({
      id,
      what: 'error',
      forecast: error,
      measured: { value: total, standardError: Math.sqrt(variance) / (2 * total) },
    });
    if (path === null || options.paths === 0) continue;
    const errors = Array.from({ length: options.paths }, (_, r) => {
      const run = { ...network, phase: limit, horizon, reference: reference.path, rng: rng.split('path', id, r) };
      const { pathErrors } = coupleToLimit(task, run);
      return pathErrors.reduce((sum, e) => sum + e, 0) / pathErrors.length;
    });
    found.push({ id, what: 'path', forecast: path, measured: meanOf(errors) });
  }
  return found;
}

/** The root of a squared error; below the noise its standard error is that of what could be seen. */
function rootOf({ values, covariance }: ErrorEstimates): ErrorConstant {
  const value = Math.sqrt(Math.max(0, values[0]!));
  const error = Math.sqrt(covariance[0]!);
  return { value, standardError: Math.min(error / (2 * value), Math.sqrt(error)) };
}

function meanOf(values: readonly number[]): ErrorConstant {
  const value = values.reduce((sum, e) => sum + e, 0) / values.length;
  const variance = values.reduce((sum, e) => sum + (e - value) ** 2, 0) / (values.length - 1);
  return { value, standardError: Math.sqrt(variance / values.length) };
}

/** The ends of many clouds, and the mean path of their statistics. */
function solveClouds(task: LearningTask, phase: Phase, horizon: number, count: number, rng: Stream) {
  const intervals = phase.id === 'bernoulli-jump' ? Math.round(horizon / phase.learningRate) : 32;
  const times = Float64Array.from({ length: intervals + 1 }, (_, k) =>
    k === intervals ? horizon : (k * horizon) / intervals,
  );
  const m = task.neuron.samples;
  const values = new Float64Array(times.length * m);
  const ends = Array.from({ length: count }, (_, r) => {
    const { saved } = solveLimit(phase, task, {
      particles: 2048,
      horizon,
      step: horizon / 32,
      start: 'quasi-random',
      saveAt: times,
      save: ({ statistic }) => statistic.slice(),
      rng: rng.split(r),
      throwOnFailure: true,
    });
    for (let k = 0; k < saved.length; k++) for (let j = 0; j < m; j++) values[k * m + j]! += saved[k]![j]! / count;
    return saved[saved.length - 1]!;
  });
  return { ends, path: referencePath(times, values) };
}
