import { constantRate, displacement, type JumpRate } from '../../src/process/index.ts';
import { everyoneAt, type TestProblem } from './problem.ts';

/**
 * dX = −X dt with +1 jumps at rate 2: mean 2 + (x₀ − 2)e⁻ᵗ, variance 1 − e^(−2t). From 0.2 at t = 10: 1.99991828. The
 * rate may be given in any form that equals 2.
 */
export function decayWithJumps({ start = 0.2, until = 10, rate = constantRate(2) as JumpRate } = {}): TestProblem {
  const mean = 2 + (start - 2) * Math.exp(-until);
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
      { name: 'second moment', of: (x) => x[0]! ** 2, exact: mean ** 2 + 1 - Math.exp(-2 * until) },
    ],
  };
}
