import { expect, test } from 'vitest';
import { asMatrix, type Matrix } from '../../src/base/arrays.ts';
import { controlledRows } from '../../src/experiment/verify/controlled.ts';
import { controlledFluctuations } from '../../src/experiment/verify/controlled-fluctuations.ts';
import { principalDirections } from '../../src/experiment/verify/principal.ts';
import { normal, type Stream, stream } from '../../src/random/index.ts';

const weights = Float64Array.of(0.25, 0.75);
const REPEATS = 3000;

/** F = (0.3, −0.2) + β X + e with normal X and e: E‖F − E F‖² = 0.25(1 + 0.25) + 0.75(2.25 + 0.25) = 2.1875. */
function sample(rng: Stream, R: number): { rows: Matrix; controls: Matrix; covariances: Float64Array[] } {
  const rows = new Float64Array(2 * R);
  const controls = new Float64Array(2 * R);
  for (let r = 0; r < R; r++) {
    const [x, y] = [normal(rng), 3 * normal(rng)];
    controls.set([x, y], 2 * r);
    rows.set([0.3 + x + 0.5 * normal(rng), -0.2 + 0.5 * y + 0.5 * normal(rng)], 2 * r);
  }
  return { rows: asMatrix(rows, R, 2), controls: asMatrix(controls, R, 2), covariances: [Float64Array.of(1, 0, 0, 9)] };
}

const moments = (values: readonly number[]) => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1) };
};

// Each probability of a false alarm: 4.4 standard errors, 1e-5.
test('a controlled mean is right, and so is its standard error with few replicates', () => {
  const R = 20;
  const [means, variances]: [number[], number[]] = [[], []];
  for (let k = 0; k < REPEATS; k++) {
    const { rows, controls } = sample(stream(3).split('mean', k), R);
    const { data } = controlledRows(rows, controls);
    const { mean, variance } = moments(Array.from({ length: R }, (_, r) => data[2 * r]!));
    means.push(mean);
    variances.push(variance / R);
  }
  const { mean, variance } = moments(means);
  expect(Math.abs(mean - 0.3)).toBeLessThan(4.4 * Math.sqrt(variance / REPEATS));
  // The variance of a variance is 2/REPEATS of its square; without its own widening the estimate would be 24 % too small.
  expect(Math.abs(moments(variances).mean / variance - 1)).toBeLessThan(4.4 * Math.sqrt(2 / REPEATS) + 0.01);
  // Seven eighths of the noise of the first number are known.
  expect(variance).toBeLessThan((0.4 * 1.25) / R);
});

test('a controlled fluctuation is unbiased, with the variance that it states', () => {
  const R = 60;
  const [values, stated]: [number[], number[]] = [[], []];
  for (let k = 0; k < REPEATS; k++) {
    const estimates = controlledFluctuations([sample(stream(4).split('fluctuation', k), R)], weights);
    values.push(estimates.values[0]!);
    stated.push(estimates.covariance[0]!);
  }
  const { mean, variance } = moments(values);
  // The bias is of order 1/R²: some 1e-3 here.
  expect(Math.abs(mean - 2.1875)).toBeLessThan(4.4 * Math.sqrt(variance / REPEATS) + 0.003);
  expect(Math.abs(moments(stated).mean / variance - 1)).toBeLessThan(4.4 * Math.sqrt(2 / REPEATS) + 0.06);
  // Without control variates it would be about 2(0.25²·1.25² + 0.75²·2.5²)/R = 7.2/R.
  expect(variance).toBeLessThan(2 / R);
});

test('the error of an estimated covariance of the controls is part of what is stated', () => {
  const R = 60;
  const [values, stated]: [number[], number[]] = [[], []];
  for (let k = 0; k < REPEATS; k++) {
    const rng = stream(5).split(k);
    const { rows, controls } = sample(rng, R);
    // Eight estimates, each wrong by some 60 %: their mean adds to the error what the networks leave over, and half as much again.
    const estimate = () => Float64Array.of(1 + 0.6 * normal(rng), 0, 0, 9 * (1 + 0.6 * normal(rng)));
    const covariances = Array.from({ length: 8 }, estimate);
    const estimates = controlledFluctuations([{ rows, controls, covariances }], weights);
    values.push(estimates.values[0]!);
    stated.push(estimates.covariance[0]!);
  }
  const { mean, variance } = moments(values);
  expect(Math.abs(moments(stated).mean / variance - 1)).toBeLessThan(4.4 * Math.sqrt(2.5 / REPEATS) + 0.06);
  expect(Math.abs(mean - 2.1875)).toBeLessThan(4.4 * Math.sqrt(variance / REPEATS) + 0.003);
});

test('principal directions span what varies most', () => {
  // Variances 9, 4 and 0.01 along (1, 1, 0)/√2, (1, −1, 0)/√2 and e₃.
  const covariance = Float64Array.of(6.5, 2.5, 0, 2.5, 6.5, 0, 0, 0, 0.01);
  const two = principalDirections(covariance, 2);
  expect(two.map((v) => Math.abs(v[2]!))).toEqual([expect.closeTo(0, 10), expect.closeTo(0, 10)]);
  expect(Math.abs(two[0]![0]! * two[1]![0]! + two[0]![1]! * two[1]![1]!)).toBeLessThan(1e-10);
  expect(principalDirections(Float64Array.of(1, 1, 1, 1), 2)).toHaveLength(1);
  expect(principalDirections(new Float64Array(4), 2)).toHaveLength(0);
});
