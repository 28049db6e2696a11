import { describe, expect, it } from 'vitest';
import { estimateErrorConstants, predictedErrors, type TaskErrorConstants } from '../../src/convergence/index.ts';
import {
  linearLimitMoments,
  linearOracle,
  momentsOfIndependentStart,
  PHASE_IDS,
  type PhaseId,
} from '../../src/dropout/index.ts';
import { fixedPoints, independentNormals, learningTask, linearNeuron } from '../../src/network/index.ts';
import { stream } from '../../src/random/index.ts';
import { measureForecasts, tanhTask } from './forecast.ts';

const linear = learningTask({
  neuron: linearNeuron({ inputs: [[1]] }),
  targets: [1],
  initial: independentNormals([1]),
});
const small = { batches: 4, replicates: 8, particles: 64 };
const network = { width: 64, learningRate: 0.125, keepRate: 0.5 };

// The linear oracle knows both sides exactly (docs/theory.md sections 5.3 and 5.7). Five standard errors: with 7 degrees of freedom
// 2e-3 a number, seeds are fixed. 15 %: terms are linear near the network, and a bias of 1e-3 is below what is claimed.
describe('forecasts for a linear network are the exact errors', () => {
  it.each([
    { width: 1000, learningRate: 1 / 16, keepRate: 1 / 4, effort: { batches: 8, particles: 1024 } },
    { width: 512, learningRate: 1 / 4, keepRate: 1 / 2, effort: { batches: 8, particles: 1024 } },
    // Strong penalties are noisier.
    { width: 256, learningRate: 1 / 128, keepRate: 1 / 64, effort: { replicates: 200 } },
  ])('$width neurons, τ = $learningRate, q = $keepRate', async ({ width, learningRate, keepRate, effort }) => {
    const start = { mean: 0, secondMoment: 1 };
    const { forecasts } = await predictedErrors(linear, {
      width,
      learningRate,
      keepRate,
      horizon: 1,
      rng: stream(1),
      ...effort,
    });
    const { mean, squaredMean } = linearOracle({
      width,
      learningRate,
      keepRate,
      target: 1,
      start: momentsOfIndependentStart({ width, ...start }),
      steps: 1 / learningRate,
    });
    const fluctuation = Math.sqrt(squaredMean - mean ** 2);
    for (const id of PHASE_IDS) {
      const { limit, ...found } = forecasts[id];
      const bias = Math.abs(mean - linearLimitMoments(limit!, { target: 1, start, time: 1 }).mean);
      const exact = { bias, fluctuation, error: Math.hypot(bias, fluctuation) };
      for (const what of ['bias', 'fluctuation', 'error'] as const) {
        const { value, standardError } = found[what];
        const allowed = 5 * standardError + 0.15 * exact[what];
        expect(Math.abs(value - exact[what]), `${id} ${what} ${value}, exactly ${exact[what]}`).toBeLessThan(allowed);
        // Too wide an interval would say nothing.
        expect(standardError).toBeLessThan(what === 'bias' ? 0.01 : 0.1 * exact[what]);
      }
    }
  });
});

describe('forecasts for tanh networks wider than the pilots', () => {
  it.each<{ width: number; learningRate: number; keepRate: number; ids: PhaseId[] }>([
    { width: 256, learningRate: 1 / 8, keepRate: 1 / 8, ids: ['poisson-jump', 'bernoulli-jump'] },
    { width: 128, learningRate: 1 / 64, keepRate: 1 / 64, ids: ['gradient-flow', 'penalized-flow'] },
  ])('hold at $width neurons, τ = $learningRate, q = $keepRate', async ({ ids, ...wide }) => {
    const task = tanhTask(3);
    const pilots = { batches: 8, replicates: 32, particles: 512 };
    const predicted = await predictedErrors(task, { ...wide, ...pilots, horizon: 1, rng: stream(3) });
    const options = { replicates: 300, clouds: 4, paths: 4, ids, rng: stream(4) };
    for (const { id, what, forecast, measured } of measureForecasts(task, wide, predicted, options)) {
      const noise = Math.hypot(forecast.standardError, measured.standardError);
      // 25 % is what is claimed, five standard errors are noise.
      const allowed = 0.25 * measured.value + 5 * noise;
      const text = `${id} ${what} ${forecast.value} ± ${forecast.standardError}, measured ${measured.value} ± ${measured.standardError}`;
      expect(Math.abs(forecast.value - measured.value), text).toBeLessThan(allowed);
    }
  });
});

describe('constants', () => {
  const options = { ...network, ...small, horizon: 1, rng: stream(5) };

  it('are plain JSON, and are used again for other networks without pilots', async () => {
    const constants = await estimateErrorConstants(linear, options);
    const again = JSON.parse(JSON.stringify(constants)) as TaskErrorConstants;
    expect(again).toEqual(constants);
    const { forecasts } = await predictedErrors(linear, { ...network, constants: again });
    expect(forecasts).toEqual((await predictedErrors(linear, options)).forecasts);
    const wider = await predictedErrors(linear, { ...network, width: 6400, constants });
    // A fluctuation falls like n^(−1/2), and penalty and width like 1/n.
    const ratio = wider.forecasts['bernoulli-jump'].fluctuation.value / forecasts['bernoulli-jump'].fluctuation.value;
    expect(ratio).toBeGreaterThan(0.07);
    expect(ratio).toBeLessThan(0.14);
    const bias = (of: typeof forecasts) => of['bernoulli-jump'].bias.value;
    expect(bias(wider.forecasts) / bias(forecasts)).toBeCloseTo(0.01, 10);
  });

  it('depend on the stream, and on nothing else', async () => {
    const first = await estimateErrorConstants(linear, options);
    expect(await estimateErrorConstants(linear, options)).toEqual(first);
    const other = await estimateErrorConstants(linear, { ...options, rng: stream(7) });
    expect(other.constants.width.value).not.toBe(first.constants.width.value);
  });

  it('has no penalized limit at keep rate 1', async () => {
    const { forecasts, nearest } = await predictedErrors(linear, { ...options, keepRate: 1 });
    expect(forecasts['penalized-flow'].limit).toBeNull();
    expect(PHASE_IDS.slice(0, 3)).toContain(nearest);
  });
});

describe('a long estimation', () => {
  it('reports its progress, and can be ended', async () => {
    const seen: number[] = [];
    const options = { ...network, ...small, horizon: 1, rng: stream(1) };
    await estimateErrorConstants(linear, { ...options, progress: (fraction) => seen.push(fraction) });
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(1);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 0);
    await expect(estimateErrorConstants(linear, { ...options, signal: controller.signal })).rejects.toThrow('enough');
  });

  it('refuses what makes no sense, before any work', async () => {
    const good = { ...network, ...small, horizon: 1, rng: stream(1) };
    const refused = (options: object, message: string) =>
      expect(predictedErrors(linear, { ...good, ...options })).rejects.toThrow(message);
    await refused({ width: 0.5 }, 'width must be an integer');
    await refused({ learningRate: 0 }, 'learningRate');
    await refused({ keepRate: 1.5 }, 'keepRate');
    await refused({ horizon: 0.01 }, 'horizon must be at least half a learning rate of 0.125, got 0.01');
    await refused({ batches: 1 }, 'batches');
    await refused({ replicates: 0 }, 'replicates');
    await refused({ particles: 1 }, 'particles');
    const fixed = learningTask({ neuron: linearNeuron({ inputs: [[1]] }), targets: [1], initial: fixedPoints([[0]]) });
    await expect(predictedErrors(fixed, good)).rejects.toThrow('task.initial');
    const constants = await estimateErrorConstants(linear, good);
    await expect(predictedErrors(tanhTask(3), { ...network, constants })).rejects.toThrow(
      'constants.weights.length must be 3',
    );
  });
});
