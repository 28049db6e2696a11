import { describe, expect, it } from 'vitest';
import type { PilotBatch } from '../../src/convergence/index.ts';
import { pilotDesign } from '../../src/convergence/predicted-errors/design.ts';
import { jackknife, jackknifedNorm } from '../../src/convergence/predicted-errors/jackknife.ts';
import { fittedPathError } from '../../src/convergence/predicted-errors/path-fit.ts';
import { biasVectors, fluctuationAt } from '../../src/convergence/predicted-errors/terms.ts';

const pilot = (width: number, learningRate: number, keepRate: number) => ({ width, learningRate, keepRate });
const batch = (fluctuation: readonly number[]): PilotBatch => ({
  jump: [1000],
  jumpPenalized: [2000],
  penalty: [10],
  step: [300],
  width: [4],
  fluctuation,
  path: { 'gradient-flow': [], 'poisson-jump': [], 'bernoulli-jump': [], 'penalized-flow': [] },
});

it('the bias of each limit has the terms that the limit leaves out', () => {
  // τ/q = 0.5, λ_n = (1 − q)/(qn) = 0.03, 1/n = 0.01.
  const found = biasVectors(pilot(100, 0.125, 0.25), batch([]));
  expect(found['gradient-flow'][0]).toBeCloseTo(0.04 + 500 + 0.3 + 37.5, 12);
  expect(found['poisson-jump'][0]).toBeCloseTo(0.04 + 0.3 + 37.5, 12);
  expect(found['bernoulli-jump'][0]).toBeCloseTo(0.04 + 0.3, 12);
  expect(found['penalized-flow'][0]).toBeCloseTo(0.04 + 1000 + 37.5, 12);
  expect(found['penalized-jump'][0]).toBeCloseTo(0.04 + 37.5, 12);
});

it('the fluctuation follows the line 2 + 32/n through both pilots, unless it falls too far', () => {
  const pilots = [pilot(32, 1, 1), pilot(64, 1, 1)];
  const at = (width: number) => fluctuationAt(width, pilots, [batch([2.5, 2]), batch([3.5, 3])]);
  expect(at(128) ** 2).toBeCloseTo(2.25, 12);
  expect(at(Number.POSITIVE_INFINITY) ** 2).toBeCloseTo(2, 12);
  expect(fluctuationAt(Number.POSITIVE_INFINITY, pilots, [batch([4, 2])]) ** 2).toBeCloseTo(2, 12);
});

describe('path errors', () => {
  const pilots = [pilot(32, 0.5, 0.5), pilot(128, 0.5, 0.5), pilot(128, 0.25, 0.25), pilot(128, 0.125, 0.125)];
  const network = pilot(1000, 0.05, 0.1);
  it('of Poisson jumps: terms are found again, and zeros stay zero', () => {
    const law = ({ width, learningRate, keepRate }: typeof network) =>
      Math.sqrt(2 / width + (3 * learningRate) / (keepRate ** 2 * width) + 5 * learningRate ** 2);
    const found = fittedPathError('poisson-jump', pilots, pilots.map(law), network);
    expect(found).toBeCloseTo(law(network), 10);
  });
  it('of the flow: a fit never goes below zero', () => {
    // Errors that grow with the width would give 1/n a negative constant.
    const found = fittedPathError('gradient-flow', pilots, [1, 1.2, 1.2, 1.2], network);
    expect(found).toBeGreaterThan(0.5);
    expect(found).toBeLessThan(1.2);
  });
});

describe('the jackknife', () => {
  it('of a mean is its standard error', () => {
    const values = [1, 4, 4, 7];
    const found = jackknife(values, (some) => some.reduce((sum, v) => sum + v, 0) / some.length);
    expect(found.value).toBe(4);
    expect(found.standardError).toBeCloseTo(Math.sqrt(6 / 4), 12);
  });
  it('of a norm takes the noise away, and does not claim to know a zero', () => {
    const far = jackknifedNorm(
      [
        [3.1, 4],
        [2.9, 4],
      ],
      [0.5, 0.5],
    );
    expect(far.value).toBeCloseTo(Math.sqrt((25 - 0.01) / 2), 12);
    const nothing = jackknifedNorm([[1], [-1], [1], [-1]], [1]);
    expect(nothing).toEqual({ value: 0, standardError: Math.sqrt(1 / 3) });
  });
});

describe('pilots', () => {
  it('have the rates of the network where they can', () => {
    const { horizon, jumpSize, bernoulli, line, networks } = pilotDesign(pilot(1000, 0.25, 0.5), 1.1);
    expect({ horizon, jumpSize, bernoulli, line }).toEqual({
      horizon: 1,
      jumpSize: 0.5,
      bernoulli: { learningRate: 0.25, keepRate: 0.5 },
      line: 'keepRate',
    });
    expect(networks.map(({ width }) => width)).toEqual([32, 64]);
  });
  it('keep τ/q where the keep rate is small, and make whole steps', () => {
    const { horizon, jumpSize, bernoulli } = pilotDesign(pilot(10_000, 0.01, 0.01), 2);
    expect(horizon).toBe(2);
    expect(jumpSize).toBeCloseTo(1, 12);
    expect(bernoulli).toEqual({ learningRate: 0.25, keepRate: 0.25 });
  });
  it('keep λ_n where the penalty is strong', () => {
    const { line, penalty, networks, horizon } = pilotDesign(pilot(1000, 0.002, 0.002), 1);
    expect(line).toBe('penalty');
    for (const { width, keepRate, learningRate } of networks) {
      expect((1 - keepRate) / (keepRate * width)).toBeCloseTo(penalty, 12);
      expect(horizon / learningRate).toBeCloseTo(Math.round(horizon / learningRate), 9);
    }
  });
});
