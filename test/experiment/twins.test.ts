import { describe, expect, test } from 'vitest';
import { asMatrix } from '../../src/base/arrays.ts';
import { solveLimit } from '../../src/dropout/limit/index.ts';
import { stepsWithin, trainEnsemble } from '../../src/dropout/train/index.ts';
import { TWIN_PARTS, type TwinClock, type TwinPlan, Twins } from '../../src/experiment/cells/twins.ts';
import { verifyControls } from '../../src/experiment/cells/verify-controls.ts';
import { buildTask, type TaskDescription } from '../../src/experiment/task.ts';
import { controlDirections, type TwinSample } from '../../src/experiment/verify/directions.ts';
import { twinPlanner } from '../../src/experiment/verify/twin-plan.ts';
import { normal, type Stream, stream } from '../../src/random/index.ts';

const inputs = { data: Float64Array.from({ length: 10 }, (_, k) => Math.sin(1 + 3 * k)), rows: 5, columns: 2 };
const description: TaskDescription = {
  network: { neuron: 'perceptron', activation: 'tanh' },
  loss: 'squared',
  inputs,
  targets: Float64Array.of(1, -1, 1, 1, -1),
  initial: { outer: { normal: 1 }, inner: { normal: 1 } },
};
const task = buildTask(description);
const plan: TwinPlan = {
  samples: Int32Array.of(0, 2, 3),
  residuals: Float64Array.of(-0.3, 0.2, -0.1, -0.1, 0.1, 0.2),
  penalty: Float64Array.of(0.02, 0.02, 0.03),
  startMean: new Float64Array(3),
};
const size = TWIN_PARTS * plan.samples.length;

describe('twins of neurons', () => {
  const clock: TwinClock = { learningRate: 0.25, keepRate: 0.5, steps: 8 };
  const start = new Float64Array(3 * 300);
  task.initial.sampleInto(stream(1), 300, start);
  const updates = Int32Array.from({ length: 600 }, (_, k) => (7 * k) % 5);

  test('move and answer by their own start and clock alone', () => {
    const twins = new Twins(task, plan, clock);
    const mean = new Float64Array(size);
    twins.meanInto(start, updates, mean);
    const sum = new Float64Array(size);
    const one = new Float64Array(size);
    for (let i = 0; i < 300; i++) {
      twins.featuresInto(start.slice(3 * i, 3 * i + 3), updates.slice(i, i + 1), updates.slice(300 + i, 301 + i), one);
      for (let k = 0; k < size; k++) sum[k]! += one[k]! / 300;
    }
    for (let k = 0; k < size; k++) expect(mean[k]).toBeCloseTo(sum[k]!, 13);
  });

  test('have the features that they are said to have', () => {
    const out = new Float64Array(size);
    const x = [0.7, -0.4, 1.1];
    new Twins(task, plan, clock).featuresInto(Float64Array.from(x), Int32Array.of(3), Int32Array.of(1), out);
    const phi = (y: readonly number[], j: number) =>
      y[0]! * Math.tanh(y[1]! * inputs.data[2 * j]! + y[2]! * inputs.data[2 * j + 1]!);
    const moved = (y: readonly number[], times: number, residuals: Float64Array) =>
      y.map((value, k) => {
        let pull = 0;
        plan.samples.forEach((j, s) => {
          const h = 1e-6;
          const shift = (by: number) =>
            phi(
              y.map((v, l) => (l === k ? v + by : v)),
              j,
            );
          pull += ((shift(h) - shift(-h)) / (2 * h)) * (residuals[s]! + plan.penalty![s]! * phi(y, j));
        });
        return value - times * 0.5 * pull;
      });
    const middle = moved(x, 3, plan.residuals.subarray(0, 3));
    const end = moved(middle, 1, plan.residuals.subarray(3));
    // 8 steps at q = ½: two updates are expected in each half.
    const [w1, w2] = [0.5, -0.5];
    const at = (weight: number, y: readonly number[]) => Array.from(plan.samples, (j) => weight * phi(y, j));
    const expected = [at(1, x), at(w1, x), at(w2, x), at(1, middle), at(1, end), at(w2, end)].flat();
    for (const [k, value] of expected.entries()) expect(out[k]).toBeCloseTo(value, 8);
  });
});

// Some clocks have an odd number of steps or hardly any. Each z is beyond 5.2 with probability 2e-7: 1e-4 for all of them.
test.each([
  [4, 0.25, 2],
  [7, 0.1, 1.5],
  [3, 1, 1],
  [5, 0.5, 0.1],
  [12, 0.04, 0.5],
])('networks of %i neurons have the law that twins are said to have (q = %d, T = %d)', (width, keepRate, horizon) => {
  const learningRate = 0.1;
  const R = 4000;
  const clock = { learningRate, keepRate, steps: stepsWithin(horizon, learningRate) };
  const directions = Float64Array.from({ length: size * size }, (_, k) => (k % (size + 1) === 0 ? 1 : 0));
  const [law] = verifyControls({
    task: description,
    plan,
    laws: [{ clock, directions }],
    seed: 5,
    label: 'test',
    piece: 0,
    twins: 32_768,
    covarianceTwins: 32_768,
  });
  const covariance = law!.covariance.map((value) => value / width);
  const twins = new Twins(task, plan, clock);
  const start = new Float64Array(width * 3);
  const rows = new Float64Array(R * size);
  trainEnsemble(task, {
    width,
    learningRate,
    keepRate,
    horizon,
    streams: Array.from({ length: R }, (_, r) => stream(6).split(width, r)),
    started: (_, particles) => start.set(particles),
    finished: (r, _, updates) => twins.meanInto(start, updates, rows.subarray(r * size, (r + 1) * size)),
  });
  const column = (k: number) => Float64Array.from({ length: R }, (_, r) => rows[r * size + k]!);
  const moments = (values: Float64Array) => {
    const mean = values.reduce((sum, v) => sum + v, 0) / R;
    return { mean, error: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (R - 1) / R) };
  };
  const columns = Array.from({ length: size }, (_, k) => column(k));
  const centred = columns.map((values) => {
    const { mean } = moments(values);
    return values.map((v) => v - mean);
  });
  for (let k = 0; k < size; k++) {
    const { mean, error } = moments(columns[k]!);
    expect(Math.abs(mean - law!.mean[k]!)).toBeLessThanOrEqual(5.2 * error + 1e-9);
    // The start is symmetric, so that known means are all 0.
    if (k < 9) expect(Math.abs(mean)).toBeLessThanOrEqual(5.2 * error);
    for (let l = 0; l <= k; l++) {
      const { mean, error } = moments(centred[k]!.map((v, r) => v * centred[l]![r]!));
      expect(Math.abs(mean - covariance[k * size + l]!)).toBeLessThanOrEqual(5.2 * error + 1e-9);
    }
  }
});

describe('directions of control variates', () => {
  /** Six features, two of which move two predictions. */
  const sample = (width: number, rng: Stream, R = 300): TwinSample => {
    const rows = new Float64Array(2 * R);
    const twins = new Float64Array(6 * R);
    for (let r = 0; r < R; r++) {
      const x = [0, 1, 2, 3, 4, 5].map(() => normal(rng) / Math.sqrt(width));
      twins.set(x, 6 * r);
      const noise = () => (0.3 * normal(rng)) / Math.sqrt(width);
      rows.set([3 * x[1]! + noise(), x[1]! - 2 * x[3]! + noise()], 2 * r);
    }
    return { width, rows: asMatrix(rows, R, 2), twins: asMatrix(twins, R, 6) };
  };
  const samples = [10, 20, 40].map((width) => sample(width, stream(7).split(width)));

  test('are those that predict', () => {
    for (const { all, known } of controlDirections(samples)) {
      // All lie in the plane of the two features that matter, up to the noise of 600 replicates.
      expect(all).toHaveLength(12);
      for (const k of [0, 1]) {
        const [a, b, c, d, e, f] = all.subarray(6 * k, 6 * k + 6) as unknown as number[];
        expect(Math.hypot(a!, c!, e!, f!)).toBeLessThan(0.2 * Math.hypot(b!, d!));
      }
      // Of the features of known mean only the second matters: one combination is worth having, the other is noise.
      const [a, b, c] = known as unknown as number[];
      expect(Math.hypot(a!, c!)).toBeLessThan(0.2 * Math.abs(b!));
    }
  });

  test('of a width do not depend on its own networks', () => {
    const changed = [sample(10, stream(8)), samples[1]!, samples[2]!];
    const [before, after] = [controlDirections(samples), controlDirections(changed)];
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).not.toEqual(before[1]);
  });
});

test('a plan chooses different samples, and residuals that pull as those along the limit do', () => {
  const made = twinPlanner(task, 2, 1)({ id: 'penalized-flow', activeCount: 2 });
  expect(new Set(made.samples).size).toBe(made.samples.length);
  const { saved } = solveLimit({ id: 'penalized-flow', activeCount: 2 }, task, {
    particles: 4096,
    horizon: 2,
    saveAt: Array.from({ length: 101 }, (_, k) => k / 50),
    save: ({ statistic }) => statistic.slice(),
    rng: stream(9),
  });
  const mean = (j: number, from: number) => {
    let sum = 0;
    for (let k = from; k < from + 50; k++)
      sum += 0.2 * ((saved[k]![j]! + saved[k + 1]![j]!) / 2 - description.targets[j]!);
    return sum / 50;
  };
  // Five samples answer for themselves, up to the ridge and the pilot's 1024 particles.
  made.samples.forEach((j, s) => {
    expect(Math.abs(made.residuals[s]! - mean(j, 0))).toBeLessThan(0.01);
    expect(Math.abs(made.residuals[made.samples.length + s]! - mean(j, 50))).toBeLessThan(0.01);
    expect(made.penalty![s]).toBeCloseTo(0.1, 12);
    expect(Math.abs(made.startMean[s]!)).toBeLessThan(1e-3);
  });
});
