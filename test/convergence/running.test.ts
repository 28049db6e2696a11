import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunningMoments, RunningVector } from '../../src/convergence/index.ts';
import { expectRelative } from '../base/relative.ts';

const number = fc.double({ min: -100, max: 100, noNaN: true });

describe('RunningMoments', () => {
  it('has the moments of the sample', () => {
    const moments = new RunningMoments();
    for (const x of [1.5, -0.3, 2.2, 4.1, 0.7, -1.9, 3.3]) moments.add(x);
    // numpy mean and var(ddof=1), scipy.stats skew, kurtosis(fisher=False), sem of the same numbers
    expectRelative(moments.mean, 1.3714285714285712, 1e-14);
    expectRelative(moments.variance, 4.302380952380952, 1e-14);
    expectRelative(moments.skewness, -0.24056028411557037, 1e-13);
    expectRelative(moments.kurtosis, 2.0198258019526225, 1e-13);
    expectRelative(moments.estimate().standardError, 0.7839807716648004, 1e-14);
    expect(moments.estimate().degrees).toBe(6);
  });

  it('does not lose a small variance on a large mean', () => {
    const moments = new RunningMoments();
    for (const x of [1, 2, 3, 4]) moments.add(1e9 + x);
    expectRelative(moments.variance, 5 / 3, 1e-12);
  });

  it('merges into what one accumulator would have seen, and survives JSON', () => {
    fc.assert(
      fc.property(fc.array(number), fc.array(number), (a, b) => {
        const [whole, left, right] = [new RunningMoments(), new RunningMoments(), new RunningMoments()];
        for (const x of [...a, ...b]) whole.add(x);
        for (const x of a) left.add(x);
        for (const x of b) right.add(x);
        left.merge(RunningMoments.from(JSON.parse(JSON.stringify(right.state()))));
        const scale = 1 + Math.abs(100) ** 4;
        const expected = whole.state();
        left.state().forEach((value, k) => {
          expect(Math.abs(value - expected[k]!)).toBeLessThanOrEqual(1e-10 * scale);
        });
      }),
      { seed: 1 },
    );
  });

  it('rejects what is not finite, and asks for two numbers', () => {
    const moments = new RunningMoments();
    expect(moments.mean).toBeNaN();
    expect(() => moments.add(Number.NaN)).toThrow(/x must be a finite number/);
    moments.add(1);
    expect(() => moments.estimate()).toThrow(/at least 2/);
  });
});

describe('RunningVector', () => {
  it('has the mean and covariance of the sample, whole or merged', () => {
    // numpy.cov of the five rows
    const rows = [
      [1, 2],
      [0.5, -1],
      [2, 0],
      [1.5, 3],
      [-1, 1],
    ]; // prettier keeps this a table
    const whole = new RunningVector(2);
    const left = new RunningVector(2);
    const right = new RunningVector(2);
    rows.forEach((row, i) => {
      whole.add(row);
      (i < 2 ? left : right).add(row);
    });
    left.merge(right);
    for (const vector of [whole, left]) {
      expect(vector.count).toBe(5);
      expect([...vector.mean()].map((v) => +v.toFixed(13))).toEqual([0.8, 1]);
      expect([...vector.covariance()].map((v) => +v.toFixed(13))).toEqual([1.325, 0.25, 0.25, 2.5]);
      expectRelative(vector.standardErrors()[1]!, Math.sqrt(0.5), 1e-14);
    }
  });

  it('rejects a wrong length', () => {
    expect(() => new RunningVector(2).add([1])).toThrow(/x.length must be 2/);
    expect(() => new RunningVector(2).merge(new RunningVector(3))).toThrow(/other.dimension must be 2/);
    expect(new RunningVector(1).mean()[0]).toBeNaN();
  });
});
