import { describe, expect, it } from 'vitest';
import {
  biases,
  confidenceInterval,
  errorEstimates,
  fluctuations,
  meanErrors,
  meanEstimate,
  rootMeanSquares,
} from '../../src/convergence/index.ts';
import { normal, stream } from '../../src/random/index.ts';
import { expectRelative } from '../base/relative.ts';

const SAMPLE = [
  [1, 2],
  [0.5, -1],
  [2, 0],
  [1.5, 3],
  [-1, 1],
];
const REFERENCE = [
  [0.4, 0.9],
  [0.6, 1.3],
  [0.2, 1.1],
];
const weights = [0.25, 0.75];

describe('error estimates', () => {
  // All reference numbers: numpy, from the definitions in the docstrings; the jackknife by deleting rows.
  it('fluctuations', () => {
    const { values, covariance, power } = fluctuations([SAMPLE], { weights });
    expect(power).toBe(2);
    expectRelative(values[0]!, 2.20625, 1e-14);
    expectRelative(covariance[0]!, 0.8021093749999999, 1e-13);
  });

  it('biases, against replicates and against an exact limit', () => {
    const { values, covariance, errors } = biases([SAMPLE], REFERENCE, { weights });
    expectRelative(values[0]!, -0.40708333333333324, 1e-13);
    expectRelative(covariance[0]!, 0.30854201388888886, 1e-13);
    expect(errors[0]).toBe(0);
    const exact = biases([SAMPLE, SAMPLE], [0.4, 1.1], { weights });
    expect(exact.covariance[1]).toBe(0);
    const shared = biases([SAMPLE, SAMPLE.map(([a, b]) => [a! + 9, b!])], REFERENCE, { weights });
    expect(shared.covariance[1]).toBe(shared.covariance[2]);
    expect(shared.covariance[1]).not.toBe(0);
  });

  it('root mean squares', () => {
    const { values, covariance } = rootMeanSquares([SAMPLE], REFERENCE, { weights });
    expectRelative(values[0]!, 1.799166666666667, 1e-14);
    expectRelative(covariance[0]!, 0.3366482638888889, 1e-13);
  });

  it('are unbiased, and so are their variances up to higher orders', () => {
    // 4000 studies with a fixed seed, so nothing here can flake; |z| < 4 would have false-alarm probability 6e-5 each.
    const direction = [0.3, -0.2, 0.1];
    const R = 12;
    const L = 9;
    const rng = stream(11);
    const study = 4000;
    const table = { fluctuation: [] as number[], bias: [] as number[], rms: [] as number[] };
    const variances = { fluctuation: 0, bias: 0, rms: 0 };
    for (let s = 0; s < study; s++) {
      const samples = [Array.from({ length: R }, () => direction.map((d, j) => d + (1 + j) * normal(rng)))];
      const reference = Array.from({ length: L }, () => direction.map(() => normal(rng)));
      const all = {
        fluctuation: fluctuations(samples),
        bias: biases(samples, reference),
        rms: rootMeanSquares(samples, reference),
      };
      for (const key of ['fluctuation', 'bias', 'rms'] as const) {
        table[key].push(all[key].values[0]!);
        variances[key] += all[key].covariance[0]! / study;
      }
    }
    const truth = { fluctuation: 14 / 3, bias: 0.14 / 3, rms: 14 / 3 + 0.14 / 3 };
    for (const key of ['fluctuation', 'bias', 'rms'] as const) {
      const { value, standardError } = meanEstimate(table[key]);
      expect(Math.abs(value - truth[key]) / standardError, key).toBeLessThan(4);
      const ratio = variances[key] / (standardError ** 2 * study);
      // the jackknife errs on the large side; so does the variance of a bias near 0, which is cut off below
      expect(ratio, key).toBeGreaterThan(0.93);
      expect(ratio, key).toBeLessThan(key === 'bias' ? 2 : 1.25);
    }
  });

  it('means of numbers', () => {
    const estimates = meanErrors([
      [1, 2, 3],
      [4, 4, 5, 5],
    ]);
    expect([...estimates.values]).toEqual([2, 4.5]);
    expectRelative(estimates.standardErrors[0]!, 1 / Math.sqrt(3), 1e-15);
    expect([...estimates.degrees]).toEqual([2, 3]);
    expect(() => meanErrors([[1]])).toThrow(/at least 2 replicates/);
  });

  it('confidence intervals are Student’s, widened by systematic error', () => {
    const [low, high] = confidenceInterval({ value: 1, standardError: 2, degrees: 7 });
    expectRelative(high - 1, 2 * 2.364624251592784, 1e-13); // scipy.stats.t.ppf(0.975, 7)
    expectRelative(1 - low, 2 * 2.364624251592784, 1e-13);
    expect(confidenceInterval({ value: 1, standardError: 0, degrees: 1, systematic: 0.5 })).toEqual([0.5, 1.5]);
  });

  it('names what is wrong', () => {
    expect(() => fluctuations([[[1], [2]]])).toThrow(/samples\[0\] must be at least 4 replicates/);
    expect(() => biases([SAMPLE], [1, 2, 3])).toThrow(/samples\[0\] must be replicates of length 3/);
    expect(() => biases([SAMPLE], REFERENCE, { weights: [1, -1] })).toThrow(/weights\[1\]/);
    expect(() => errorEstimates({ values: [1] })).toThrow(/standardErrors must be given/);
  });
});
