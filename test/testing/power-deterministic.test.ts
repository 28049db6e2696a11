import { describe, expect, it } from 'vitest';
import { phaseBernoulliJump, phaseGradientFlow, phasePoissonJump } from '../../src/dropout/index.ts';
import { toGrid, wasserstein, wasserstein1D, wasserstein1DPower } from '../../src/measure/index.ts';
import { type LearningTask, residualInto } from '../../src/network/index.ts';
import { constantRate, jumpMap, type MeanFieldProcess, stateRate } from '../../src/process/index.ts';
import { stream } from '../../src/random/index.ts';
import { eulerMaruyama } from '../../src/scheme/index.ts';
import {
  couplingProperty,
  exchangeabilityProperty,
  expectResume,
  gradientDescentProperty,
  invarianceProperty,
  maskedTraining,
  massConservationProperty,
  meanCouplingProperty,
  meanFieldProperty,
  networkPredictions,
  numberConservationProperty,
  pathLimit,
  type Rows,
  stationarityProperty,
} from '../../src/testing/index.ts';
import { catches } from './catches.ts';

// Each law that needs no statistics, against systems that break it. The laws' own tests on sound systems are in suite.ts.

const rows = (cloud: Rows) => cloud.map((row) => [...row]);

/** The predictions after a step of gradient descent at the given predictions. */
function gradientStep(task: LearningTask, neurons: Rows, seen: Float64Array, shared = false): Float64Array {
  const kernel = task.neuron.kernel();
  const residual = new Float64Array(task.neuron.samples);
  residualInto(task, seen, residual);
  const move = new Float64Array(task.neuron.dimension);
  const rate = shared ? 0.25 / neurons.length : 0.25;
  const moved = neurons.map((row) => {
    kernel.forward(Float64Array.from(row), null, 1, null);
    kernel.pullBackInto(Float64Array.from(row), residual, null, -rate, move);
    return row.map((value, k) => value + move[k]!);
  });
  return networkPredictions(task, moved);
}

describe('invariance catches', () => {
  it('a sum in place of a mean', () =>
    catches(
      invarianceProperty((task, neurons) => networkPredictions(task, neurons).map((f) => f * neurons.length)),
      /duplication invariance/,
    ));
  it('a function of the first neuron', () =>
    catches(
      invarianceProperty((task, neurons) => networkPredictions(task, [neurons[0]!])),
      /permutation invariance/,
    ));
  // Vanishes as n grows, so that no test of a limit sees it.
  it('a mean over n − 1 neurons in a step', () =>
    catches(
      invarianceProperty((task, neurons) => {
        const n = neurons.length;
        const others = networkPredictions(task, neurons).map((f) => (n === 1 ? f : (f * n) / (n - 1)));
        return gradientStep(task, neurons, others);
      }),
      /duplication invariance/,
    ));
  it('a step without the factor n of the mean-field scale', () =>
    catches(
      invarianceProperty((task, neurons) => gradientStep(task, neurons, networkPredictions(task, neurons), true)),
      /duplication invariance/,
    ));
});

describe('exchangeability catches', () => {
  it('a neuron that is never trained', () =>
    catches(
      exchangeabilityProperty((task, run) => [
        ...run.start[0]!,
        ...Array.from(maskedTraining()(task, run)).slice(run.start[0]!.length),
      ]),
      /exchangeability: the permuted run/,
    ));
  it('a mask that is off by one', () =>
    catches(
      exchangeabilityProperty((task, run) => {
        const shifted = (mask: readonly number[]) => mask.map((i) => (i + 1) % run.start.length).sort((i, j) => i - j);
        return maskedTraining()(task, { ...run, start: [...run.start].reverse(), masks: run.masks.map(shifted) });
      }),
      /exchangeability/,
    ));
});

describe('conservation catches', () => {
  const weigh = (change: (weight: number, i: number) => number) =>
    massConservationProperty((measure) => {
      const image = toGrid(measure, [{ lower: -8, upper: 8, count: 9 }]);
      return { ...image, weights: image.weights.map(change) };
    });
  it('lost mass', () =>
    catches(
      weigh((weight) => weight * (1 - 1e-9)),
      /the mass \[0\] is 0.99/,
    ));
  it('negative weights', () =>
    catches(
      weigh((weight, i) => weight + (i === 0 ? -0.5 : i === 1 ? 0.5 : 0)),
      /weight 0 is -0.5/,
    ));
  it('lost particles', () =>
    catches(
      numberConservationProperty((cloud) => cloud.slice(0, 3)),
      /became 3/,
    ));
  it('infinite particles', () =>
    catches(
      numberConservationProperty((cloud) => cloud.map(([x]) => [1 / x!])),
      /coordinate 0 became Infinity/,
    ));
});

describe('stationarity catches', () => {
  it('weight decay', () =>
    catches(
      stationarityProperty((_task, neurons) => neurons.flat().map((x) => 0.999 * x)),
      /stationarity/,
    ));
  it('the noise of dropout', () =>
    catches(
      stationarityProperty((task, start) =>
        maskedTraining('dropout')(task, { start, learningRate: 0.1, keepRate: 0.5, masks: [[0]] }),
      ),
      /stationarity/,
    ));
});

describe('the coupling inequality catches', () => {
  it('one percent too much', () =>
    catches(
      couplingProperty((first, second) => 1.01 * wasserstein1D(first.flat(), second.flat())),
      /W_1 is .* expected in \[0, /,
    ));
  it('a power that was not undone', () =>
    catches(
      couplingProperty((first, second) => wasserstein1DPower(first.flat(), second.flat(), 2), { order: 2 }),
      /coupling inequality/,
    ));
  it('another order', () =>
    catches(
      couplingProperty((first, second) => wasserstein(rows(first), rows(second), 2), { order: 1, dimension: 2 }),
      /coupling inequality/,
    ));
  it('a sum in place of a mean', () =>
    catches(
      meanCouplingProperty((task, neurons) => networkPredictions(task, neurons).map((f) => f * neurons.length)),
      /coupling inequality of means/,
    ));
});

describe('q → 1 catches', () => {
  it('a flow in place of steps', () =>
    catches(
      gradientDescentProperty((_phase, task, run) => pathLimit(phaseGradientFlow(), task, run)),
      /gradient descent/,
    ));
  it('a Poisson clock in place of steps', () =>
    catches(
      gradientDescentProperty((_phase, task, run) => pathLimit(phasePoissonJump({ jumpSize: 0.25 }), task, run)),
      /gradient descent/,
    ));
  it('a keep rate that is not quite 1', () =>
    catches(
      gradientDescentProperty((_phase, task, run) =>
        pathLimit(phaseBernoulliJump({ learningRate: 0.25, keepRate: 0.99 }), task, run),
      ),
      /gradient descent/,
    ));
});

describe('the mean-field law catches', () => {
  const drift = (cloud: NonNullable<MeanFieldProcess['drift']>['cloud'] & object): MeanFieldProcess => ({
    dimension: 1,
    statistic: {
      size: 1,
      particle: (x, out) => {
        out[0] = x[0]!;
      },
    },
    drift: { cloud },
  });
  it('a statistic that is a sum', () =>
    catches(
      meanFieldProperty({
        ...drift((_cloud, _count, _s, _t, out) => out.fill(0)),
        statistic: {
          size: 1,
          cloud: (cloud, count, out) => {
            out[0] = cloud.subarray(0, count).reduce((sum, x) => sum + x, 0);
          },
        },
      }),
      /duplication invariance/,
    ));
  it('a drift that looks at the neighbour', () =>
    catches(
      meanFieldProperty(
        drift((cloud, count, _s, _t, out) => {
          for (let i = 0; i < count; i++) out[i] = cloud[(i + 1) % count]! - cloud[i]!;
        }),
      ),
      /the drift of particle/,
    ));
  it('a rate that counts the others', () =>
    catches(
      meanFieldProperty({
        dimension: 1,
        jumps: [
          {
            name: 'crowd',
            rate: stateRate(() => 1, { cloud: (_cloud, count, _s, _t, out) => out.fill(count) }),
            change: jumpMap(() => {}),
          },
        ],
      }),
      /the rate of crowd of particle 0/,
    ));
  it('a jump that moves another particle', () =>
    catches(
      meanFieldProperty({
        dimension: 1,
        jumps: [
          {
            name: 'kick',
            rate: constantRate(1),
            change: jumpMap({
              many(cloud, indices) {
                cloud[(indices[0]! + 1) % cloud.length]! += 1;
              },
            }),
          },
        ],
      }),
      /kick of particle \d moved particle \d/,
    ));
  it('a jump that reads the cloud without saying so', () =>
    catches(
      meanFieldProperty({
        dimension: 1,
        jumps: [
          {
            rate: constantRate(1),
            change: jumpMap((x, _s, _t, { cloud, count }) => {
              x[0] = cloud[count - 1]!;
            }),
          },
        ],
      }),
      /jumps\[0\] of particle 0 in the cloud/,
    ));
});

it('resuming catches a process that remembers', () => {
  const diffusion: MeanFieldProcess['diffusion'] & object = {
    noise: 'scalar',
    calculus: 'ito',
    additive: true,
    particle: (_x, _s, _t, out) => out.set([1]),
  };
  let calls = 0;
  const forgetful: MeanFieldProcess = {
    dimension: 1,
    drift: { particle: (x, _s, _t, out) => out.set([-x[0]!]) },
    diffusion,
  };
  const remembering: MeanFieldProcess = {
    dimension: 1,
    drift: { particle: (x, _s, _t, out) => out.set([-x[0]! + 1e-9 * calls++]) },
    diffusion,
  };
  const options = { initial: [[1], [2]], until: 1, rng: stream(1), scheme: eulerMaruyama({ step: 0.25 }) };
  expectResume(forgetful, options);
  expect(() => expectResume(remembering, options)).toThrow(/continued from checkpoint 0 of/);
});
