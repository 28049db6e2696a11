import { describe, expect, test } from 'vitest';
import { limit } from '../../src/dropout/limit/index.ts';
import { phasePoissonJump } from '../../src/dropout/phase/index.ts';
import { FiniteNetwork } from '../../src/dropout/train/index.ts';
import { randomGeometryStep } from '../../src/dropout/train/random-geometry.ts';
import {
  customNeuron,
  independentNormals,
  learningTask,
  type NeuronKernel,
  perceptron,
  perceptronNormals,
} from '../../src/network/index.ts';
import { overCloud } from '../../src/process/over-cloud.ts';
import { activeSetInto, normal, stream, uniformInt } from '../../src/random/index.ts';
import { ChangingStatistic } from '../../src/scheme/jump/changing-statistic.ts';
import { RunningStatistic } from '../../src/scheme/jump/running-statistic.ts';

/*
 * Predictions that are kept up to date, against sums of the same outputs in about 100 bits, and against the bounds of
 * docs/theory.md, section 8.2.
 */

const U = 2 ** -53;

/** Most additions that a term of a sum over `count` neurons passes. */
const depth = (count: number) => 21 + Math.ceil(count / 128);

/** F of a cloud at each sample, and the largest |φ|. */
function exactly(kernel: NeuronKernel, cloud: Float64Array): { f: number[]; largest: number } {
  const { samples: m, dimension: p } = kernel;
  const n = cloud.length / p;
  const features = new Float64Array(n * m);
  kernel.forward(cloud, null, n, null);
  kernel.featuresInto(cloud, features);
  const f = Array.from({ length: m }, (_, j) => {
    let high = 0;
    let low = 0;
    for (let i = 0; i < n; i++) {
      const value = features[i * m + j]!;
      const sum = high + value;
      const back = sum - high;
      low += high - (sum - back) + (value - back);
      high = sum;
    }
    return high / n + low / n;
  });
  return { f, largest: features.reduce((most, value) => Math.max(most, Math.abs(value)), 0) };
}

/** What one update adds to the bound. */
interface Update {
  readonly moved: number;
  readonly error: number;
  readonly largest: number;
}

/** The sum of the errors since the last refresh at worst, which was no more than `window` moves ago. */
function accumulated(updates: readonly Update[], window: number): { error: number; largest: number } {
  let [error, largest, moved] = [0, 0, 0];
  for (let k = updates.length - 1; k >= 0 && moved <= window; k--) {
    error += updates[k]!.error;
    largest = Math.max(largest, updates[k]!.largest);
    moved += updates[k]!.moved;
  }
  return { error, largest };
}

const maximum = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs));
const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => maximum(Array.from(a, (value, j) => value - b[j]!));

const inputs = [
  [1, 0.5],
  [-0.3, 2],
  [0.7, -1],
];
const smooth = learningTask({
  neuron: perceptron({ inputs, bias: true }),
  targets: [1, -1, 0.5],
  initial: perceptronNormals({ dimension: 4 }),
});
/** Neurons with the output x that come closer to 1 whenever they are active. Their kernel adds them one by one. */
const calming = learningTask({
  neuron: customNeuron({
    dimension: 1,
    samples: 1,
    features: (x, out) => out.set(x),
    pullBack(x, _r, out) {
      out[0] = x[0]! - 1;
    },
  }),
  targets: [0],
  initial: independentNormals([1e8]),
});

describe('random geometry', () => {
  test.each([
    ['few active neurons for long', smooth, 100, 0.02, 0.004, 4000],
    ['outputs that fall from 1e8 to 1', calming, 200, 0.5, 0.2, 600],
  ] as const)('%s: F drifts, but within its bound', (_name, task, n, q, tau, steps) => {
    const rng = stream(3);
    const start = new Float64Array(n * task.neuron.dimension);
    task.initial.sampleInto(rng.split('start'), n, start);
    const network = new FiniteNetwork(task, start, tau, q);
    const step = randomGeometryStep(network);
    const active = { indices: new Int32Array(n), count: 0 };
    const terms = task === calming ? (count: number) => count : depth;
    const kernel = task.neuron.kernel();
    const updates: Update[] = [];
    let worst = 0;
    let { f, largest } = exactly(kernel, network.particles);
    for (let k = 0; k < steps; k++) {
      active.count = activeSetInto(rng, n, q, active.indices);
      step(active, active);
      if (k % 5 === 0) {
        const drift = distance(network.forward, f);
        const past = accumulated(updates, 33 * n);
        const bound = U * (terms(n) * Math.max(past.largest, largest) + past.error + 2 * maximum(f)) * 1.001;
        expect(drift).toBeLessThanOrEqual(bound);
        worst = Math.max(worst, drift / bound);
      }
      const before = largest;
      ({ f, largest } = exactly(kernel, network.particles));
      const most = Math.max(before, largest);
      const error = (2 * (terms(active.count) + 1) * active.count * most) / n + maximum(f);
      updates.push({ moved: active.count, error, largest: most });
    }
    expect(worst).toBeGreaterThan(0);
  });
});

describe('the statistic of a limit', () => {
  const N = 64;
  const KEEPERS = {
    'one particle at a time': () => {
      const process = overCloud(limit(phasePoissonJump({ jumpSize: 1 }), smooth), N);
      const statistic = new RunningStatistic(process);
      return {
        start: (cloud: Float64Array) => statistic.refresh(cloud),
        read: (_cloud: Float64Array) => statistic.values,
        move(cloud: Float64Array, indices: Int32Array, _count: number, act: () => void) {
          statistic.leave(cloud, indices[0]!);
          act();
          statistic.enter(cloud, indices[0]!);
        },
        most: 1,
        window: 1024,
        errorOf: (_moved: number, largest: number) => (6 * largest) / N,
      };
    },
    'some particles at a time': () => {
      const process = overCloud(limit(phasePoissonJump({ jumpSize: 1 }), smooth), N);
      const statistic = new ChangingStatistic(process);
      return {
        start() {},
        read: (cloud: Float64Array) => statistic.of(cloud),
        move: statistic.during.bind(statistic),
        most: 20,
        window: 33 * N,
        errorOf: (moved: number, largest: number) => (2 * (depth(moved) + 2) * moved * largest) / N,
      };
    },
  };

  test.each(Object.entries(KEEPERS))('%s: it drifts, but within its bound', (_name, make) => {
    const keeper = make();
    const kernel = smooth.neuron.kernel();
    const rng = stream(4);
    const p = smooth.neuron.dimension;
    const cloud = Float64Array.from({ length: N * p }, () => 1e8 * normal(rng));
    const indices = new Int32Array(N);
    const updates: Update[] = [];
    keeper.start(cloud);
    let [worst, moved] = [0, 0];
    let { f, largest } = exactly(kernel, cloud);
    while (moved < 6000) {
      const drift = distance(keeper.read(cloud), f);
      const past = accumulated(updates, keeper.window);
      const bound = U * ((depth(N) + 1) * Math.max(past.largest, largest) + past.error) * 1.001;
      expect(drift).toBeLessThanOrEqual(bound);
      worst = Math.max(worst, drift / bound);
      // Distinct particles get new states: huge ones at first, which leave huge rounding errors behind.
      const count = 1 + uniformInt(rng, keeper.most);
      const first = uniformInt(rng, N);
      for (let a = 0; a < count; a++) indices[a] = (first + a) % N;
      const scale = moved < 2500 ? 1e8 : 1;
      keeper.move(cloud, indices, count, () => {
        for (let a = 0; a < count; a++) for (let k = 0; k < p; k++) cloud[indices[a]! * p + k] = scale * normal(rng);
      });
      moved += count;
      const before = largest;
      ({ f, largest } = exactly(kernel, cloud));
      const most = Math.max(before, largest);
      updates.push({ moved: count, error: keeper.errorOf(count, most) + maximum(f), largest: most });
    }
    expect(worst).toBeGreaterThan(0);
    expect(largest).toBeLessThan(10);
  });
});
