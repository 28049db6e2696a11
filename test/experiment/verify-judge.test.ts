import { describe, expect, test } from 'vitest';
import { asMatrix } from '../../src/base/arrays.ts';
import { linearOracle, momentsOfIndependentStart } from '../../src/dropout/index.ts';
import { judge } from '../../src/experiment/verify/judge.ts';
import type { Measurements, ReferenceSample } from '../../src/experiment/verify/measurements.ts';
import { scenarioOf } from '../../src/experiment/verify/scenario.ts';
import { type LearningTask, learningTask, perceptron, perceptronNormals } from '../../src/network/index.ts';
import { normal, stream } from '../../src/random/index.ts';

/** Two samples: only their number and weights matter here. */
const task: LearningTask = learningTask({
  neuron: perceptron({ inputs: [[0.5], [-1]] }),
  targets: [1, -1],
  initial: perceptronNormals({ dimension: 2 }),
});

interface Truth {
  /** Fluctuation C n^exponent, and so on. */
  fluctuation?: number;
  bias?: number;
  path?: number;
  gap?: number;
  /** Measured over predicted effect of the penalty. */
  penalty?: number;
  /** Error of the simulated second moment of the linear network. */
  oracle?: number;
  replicates?: number;
}

/** Made-up measurements of a phase whose errors are exact power laws with normal noise. */
function measurements(id: 'poisson-jump' | 'penalized-jump', truth: Truth = {}): Measurements {
  const scenario = scenarioOf(id, 2);
  const { fluctuation = -0.5, bias = id === 'poisson-jump' ? -0.5 : -1, path = -0.25, gap = -0.5, penalty = 1 } = truth;
  const replicates = truth.replicates ?? 4000;
  const rng = stream(31).split(JSON.stringify([id, truth]));
  const limit = [0.4, -0.1];
  const effect = [-0.05, 0.02];
  const cloud = (mean: number[]) => Float64Array.from([0, 0, ...mean.map((value) => value + 1e-5 * normal(rng))]);
  const exact = (rows: Float64Array) => ({
    rows: asMatrix(rows, rows.length / 2, 2),
    pieces: asMatrix(new Float64Array(4), 2, 2),
  });
  const reference = (mean: number[]): ReferenceSample => ({
    times: Float64Array.of(0, 2),
    clouds: Array.from({ length: 8 }, () => cloud(mean)),
  });
  const samples = scenario.widths.map((width) => {
    const dropout = new Float64Array(2 * replicates);
    const randomGeometry = new Float64Array(2 * replicates);
    // Half of the fluctuation is known from the start, and half of what sets dropout apart from the noise of its masks.
    const controls = new Float64Array(2 * replicates);
    const forwardNoise = new Float64Array(4 * replicates);
    for (let k = 0; k < dropout.length; k++) {
      const known = width ** -0.5 * normal(rng);
      controls[k] = known;
      const noise = width ** -0.5 * normal(rng);
      // The first moment of a pair of rows; the second one stays 0.
      forwardNoise[k + (k - (k % 2))] = noise;
      const unknown = 0.5 * width ** fluctuation * normal(rng);
      dropout[k] =
        limit[k % 2]! +
        0.2 * width ** bias +
        (truth.fluctuation === undefined ? 0.35 * known + 0.7 * unknown : unknown);
      const apart = id === 'poisson-jump' ? 0.2 * width ** gap : penalty * effect[k % 2]!;
      randomGeometry[k] = dropout[k]! - apart - 0.1 * noise - 0.05 * width ** -0.5 * normal(rng);
    }
    return {
      width,
      dropout: asMatrix(dropout, replicates, 2),
      controls: exact(controls),
      covariances: [Float64Array.of(1 / width, 0, 0, 1 / width)],
      centred: asMatrix(controls, replicates, 2),
      randomGeometry: asMatrix(randomGeometry, replicates, 2),
      forwardNoise: asMatrix(forwardNoise, replicates, 4),
    };
  });
  const paths = scenario.widths.map((width) =>
    Float64Array.from({ length: 100 }, () => 0.6 * width ** path * (1 + 0.1 * normal(rng))),
  );
  return {
    scenario,
    samples,
    reference: reference(limit),
    unpenalized: id === 'poisson-jump' ? undefined : reference(limit.map((value, j) => value - effect[j]!)),
    pathErrors: id === 'poisson-jump' ? paths : [],
    paths: [],
    pathWidth: 0,
    risks: new Float64Array(0),
    oracle: scenario.widths.map((width) => oracleSample(width, truth.oracle ?? 0)),
  };

  function oracleSample(width: number, error: number) {
    const rates = scenario.scaling(width);
    const exact = linearOracle({
      width,
      ...rates,
      target: 1,
      start: momentsOfIndependentStart({ width, mean: 0, secondMoment: 1 }),
      steps: Math.round(2 / rates.learningRate),
    });
    const moments = new Float64Array(3 * replicates);
    const truth = [exact.mean, exact.secondMoment + error, exact.squaredMean];
    for (let k = 0; k < moments.length; k++) moments[k] = truth[k % 3]! + 0.3 * normal(rng);
    return { kind: 'network' as const, size: width, moments };
  }
}

/** The verdict on each claim. False alarms of 1e-5 a claim: the seeds are fixed. */
function verdicts(measured: Measurements): Record<string, string> {
  return Object.fromEntries(judge(task, measured, 1e-5).claims.map(({ claim, verdict }) => [claim, verdict]));
}

describe('verdicts on made-up measurements whose truth is known', () => {
  test('all claims hold where the theory is right', () => {
    expect(verdicts(measurements('poisson-jump'))).toEqual({
      'prediction-fluctuation': 'holds',
      'prediction-bias': 'holds',
      'path-error': 'holds',
      'random-geometry-agrees': 'holds',
      'linear-oracle': 'holds',
    });
    expect(verdicts(measurements('penalized-jump', { replicates: 20_000 }))).toEqual({
      'prediction-fluctuation': 'holds',
      'prediction-bias': 'holds',
      'random-geometry-differs': 'holds',
      'linear-oracle': 'holds',
    });
  });

  test.each([
    [{ fluctuation: -0.3 }, 'prediction-fluctuation'],
    [{ bias: -0.1 }, 'prediction-bias'],
    [{ path: -0.5 }, 'path-error'],
    [{ gap: 0 }, 'random-geometry-agrees'],
    [{ oracle: 0.05 }, 'linear-oracle'],
  ] as const)('%j makes %s fail', (truth, claim) => {
    expect(verdicts(measurements('poisson-jump', truth))[claim]).toBe('fails');
  });

  test.each([0, 0.5, 2])('a penalty %d times as strong makes the claim of its effect fail', (penalty) => {
    expect(verdicts(measurements('penalized-jump', { penalty }))['random-geometry-differs']).toBe('fails');
  });

  test('too few replicates leave a claim undecided, which does not hold and says what it would take', () => {
    const { claims } = judge(task, measurements('poisson-jump', { replicates: 40 }), 1e-5);
    const bias = claims.find(({ claim }) => claim === 'prediction-bias')!;
    expect(bias.verdict).toBe('undecided');
    expect(bias.holds).toBe(false);
    expect(bias.needs).toMatch(/replicates/);
    expect(JSON.parse(JSON.stringify(bias))).toEqual(bias);
  });
});

test('a scenario refuses a scaling of another phase, and takes other widths', () => {
  expect(scenarioOf('gradient-flow', 2, [10, 100, 1000]).widths).toEqual([10, 100, 1000]);
  expect(scenarioOf('gradient-flow', 2, [10, 100, 1000]).replicates.length).toBe(3);
  expect(scenarioOf('bernoulli-jump', 0.1).scaling(10).learningRate).toBeCloseTo(0.05);
});
