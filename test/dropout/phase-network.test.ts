import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyNetwork, PHASE_IDS, phasePenalizedFlow, phaseScaling } from '../../src/dropout/phase/index.ts';
import { anyPhase } from './any-phase.ts';

describe('classifyNetwork: one finite network', () => {
  test('the three numbers, the penalty and the errors, by hand', () => {
    const found = classifyNetwork({ width: 100, learningRate: 0.02, keepRate: 0.2 });
    expect(found.jumpSize).toBeCloseTo(0.1, 15);
    expect(found.activeCount).toBeCloseTo(20, 13);
    expect(found.penalty).toBeCloseTo(0.04, 15);
    const bias = {
      'gradient-flow': 0.15,
      'poisson-jump': 0.07,
      'bernoulli-jump': 0.05,
      'penalized-flow': 0.11,
      'penalized-jump': 0.03,
    };
    for (const id of PHASE_IDS) {
      expect(found.details[id].bias).toBeCloseTo(bias[id], 14);
      expect(found.errors[id]).toBeCloseTo(Math.hypot(0.1, bias[id]), 14);
    }
    expect(Object.keys(found.errors)).toEqual([...PHASE_IDS]);
    // 1/c is λ_n exactly.
    expect(found.details['penalized-flow'].limit).toEqual(phasePenalizedFlow({ activeCount: 25 }));
    // n^(−1/3) = 0.215: the simplest limit is as good as any here.
    expect(found.nearest).toBe('gradient-flow');
    expect(classifyNetwork({ width: 100, learningRate: 0.02, keepRate: 0.2, tolerance: 0.05 }).nearest).toBe(
      'poisson-jump',
    );
    expect(classifyNetwork({ width: 100, learningRate: 0.02, keepRate: 0.2, tolerance: 0 }).nearest).toBe(
      'penalized-jump',
    );
  });

  test('law: along the scaling of a phase, wide networks are nearest to that phase', () => {
    fc.assert(
      fc.property(anyPhase, (phase) => {
        // Below, the parameters (down to 0.1, up to 20) are of the order of the tolerance: at n = 10^7 it is 0.0046.
        const width = 1e7;
        expect(classifyNetwork({ width, ...phaseScaling(phase)(width) }).nearest).toBe(phase.id);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test('typical networks of a thousand neurons', () => {
    const typical: [tau: number, q: number, phase: string][] = [
      [0.01, 0.5, 'gradient-flow'],
      [0.001, 1, 'gradient-flow'],
      [0.03, 0.03, 'poisson-jump'],
      [0.02, 0.04, 'poisson-jump'],
      [0.5, 0.5, 'bernoulli-jump'],
      [0.5, 1, 'bernoulli-jump'],
      [0.0001, 0.004, 'penalized-flow'],
      [0.001, 0.002, 'penalized-jump'],
    ];
    for (const [learningRate, keepRate, phase] of typical)
      expect(classifyNetwork({ width: 1000, learningRate, keepRate }).nearest).toBe(phase);
  });

  test('at keep rate 1 there is no penalty and no penalized limit', () => {
    const found = classifyNetwork({ width: 1000, learningRate: 0.3, keepRate: 1, tolerance: 0 });
    expect(found.penalty).toBe(0);
    expect(found.details['penalized-jump'].limit).toBeNull();
    expect(found.nearest).toBe('bernoulli-jump');
  });

  test('constants scale their terms', () => {
    const constants = { fluctuation: 2, width: 0, jump: 3, step: 5, penalty: 7 };
    const { details } = classifyNetwork({ width: 100, learningRate: 0.02, keepRate: 0.2, constants });
    expect(details['gradient-flow'].fluctuation).toBeCloseTo(0.2, 15);
    expect(details['gradient-flow'].bias).toBeCloseTo(3 * 0.1 + 7 * 0.04, 14);
    expect(details['poisson-jump'].bias).toBeCloseTo(5 * 0.02 + 7 * 0.04, 14);
  });

  test('bad arguments are named', () => {
    const good = { width: 10, learningRate: 0.1, keepRate: 0.5 };
    expect(() => classifyNetwork({ ...good, width: 0 })).toThrow('width must be an integer in [1, inf), got 0');
    expect(() => classifyNetwork({ ...good, learningRate: 0 })).toThrow('learningRate');
    expect(() => classifyNetwork({ ...good, keepRate: 2 })).toThrow('keepRate');
    expect(() => classifyNetwork({ ...good, keepRate: 1e-310 })).toThrow('keepRate must be large enough');
    expect(() => classifyNetwork({ ...good, tolerance: -1 })).toThrow('tolerance');
    expect(() => classifyNetwork({ ...good, constants: { jump: -1 } })).toThrow('constants.jump');
  });
});
