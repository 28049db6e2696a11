import { constantRate, displacement, type JumpRate } from '../../src/process/index.ts';
import { everyoneAt, type TestProblem } from './problem.ts';

interface Options {
  readonly start?: number;
  readonly until?: number;
  readonly intensity?: number;
  readonly rate?: JumpRate;
}

/**
 * dX = −X dt with +1 jumps at rate λ: mean λ + (x₀ − λ)e⁻ᵗ, variance λ(1 − e^(−2t))/2. For λ = 2 from 0.2 at t = 10: 1.99991828.
 * The rate may be given in any form that equals λ.
 */
export function decayWithJumps(options: Options = {}): TestProblem {
  const { start = 0.2, until = 10, intensity = 2, rate = constantRate(intensity) } = options;
  const mean = intensity + (start - intensity) * Math.exp(-until);
  return {
    name: 'decay with jumps',
    process: {
      dimension: 1,
      drift: {
        particle: (x, _s, _t, out) => {
          out[0] = -x[0]!;
        },
      },
      jumps: [{ rate, change: displacement([1]) }],
    },
    initial: everyoneAt(start),
    until,
    expectations: [
      { name: 'mean', of: (x) => x[0]!, exact: mean },
      { name: 'second moment', of: (x) => x[0]! ** 2, exact: mean ** 2 + (intensity / 2) * (1 - Math.exp(-2 * until)) },
    ],
  };
}
