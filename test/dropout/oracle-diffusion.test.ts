import { describe, expect, test } from 'vitest';
import { linearDiffusionMoments, linearLaw, linearLimitMoments } from '../../src/dropout/oracle/index.ts';
import { phaseBernoulliJump, phaseGradientFlow, phasePoissonJump } from '../../src/dropout/phase/index.ts';

const PROBLEM = { target: 1, start: { mean: -0.5, secondMoment: 0.9 }, time: 1 };

describe('the diffusion approximation of a linear neuron', () => {
  test('weak order 2 against the Bernoulli limit, where the flow and the uncorrected drift have order 1', () => {
    // τ = α/2, so q = 1/2; the ratio of errors at τ and τ/2 tends to 2^order.
    const errors = [1 / 64, 1 / 128].map((tau) => {
      const exact = linearLimitMoments(phaseBernoulliJump({ learningRate: tau, keepRate: 0.5 }), PROBLEM);
      const modified = linearDiffusionMoments({ ...PROBLEM, jumpSize: 2 * tau, learningRate: tau });
      const uncorrected = linearDiffusionMoments({ ...PROBLEM, jumpSize: 2 * tau });
      const flow = linearLimitMoments(phaseGradientFlow(), PROBLEM);
      return [modified, uncorrected, flow].flatMap((m) => [m.mean - exact.mean, m.secondMoment - exact.secondMoment]);
    }) as [number[], number[]];
    const orders = errors[0].map((error, i) => Math.log2(error / errors[1][i]!));
    const expected = [2, 2, 1, 1, 1, 1];
    expected.forEach((order, i) => {
      expect(Math.abs(orders[i]! - order)).toBeLessThan(0.05);
    });
  });

  test('two moments of the Poisson limit exactly; the third cumulant is what it misses, at order 2 in α', () => {
    for (const jumpSize of [0.1, 0.7]) {
      const exact = linearLimitMoments(phasePoissonJump({ jumpSize }), PROBLEM);
      const approximate = linearDiffusionMoments({ ...PROBLEM, jumpSize });
      expect(approximate.mean).toBeCloseTo(exact.mean, 14);
      expect(approximate.secondMoment).toBeCloseTo(exact.secondMoment, 14);
      const third = linearLaw(phasePoissonJump({ jumpSize }), { target: 1, startMean: -0.5, time: 1 }).cumulants(3)[2]!;
      expect(third / jumpSize ** 2).toBeCloseTo((1.5 ** 3 * (1 - Math.exp(-3))) / 3, 13);
    }
  });

  test('keep rate 1 has no noise; bad arguments are named', () => {
    const { mean, secondMoment } = linearDiffusionMoments({ ...PROBLEM, jumpSize: 0.1, learningRate: 0.1 });
    expect(secondMoment - mean * mean).toBeCloseTo(0.9 - 0.25, 14);
    expect(() => linearDiffusionMoments({ ...PROBLEM, jumpSize: 0.1, learningRate: 0.2 })).toThrow('learningRate');
    expect(() => linearDiffusionMoments({ ...PROBLEM, jumpSize: 0 })).toThrow('jumpSize');
  });
});
