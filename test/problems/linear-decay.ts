import { displacement, stateRate } from '../../src/process/index.ts';
import { everyoneAt, type TestProblem } from './problem.ts';

/**
 * `channels` decays of one species at rates 0.1k·x, k = 1 … channels, from 100: at t the survivors are binomial with probability e^(−Λt),
 * Λ = Σ0.1k. With 16 channels at t = 0.1: mean 25.66607769535559, variance 19.0786.
 */
export function linearDecay({ channels = 16, until = 0.1, scale = 1 } = {}): TestProblem {
  const rates = Array.from({ length: channels }, (_, k) => 0.1 * (k + 1) * scale);
  const survival = Math.exp(-until * rates.reduce((a, b) => a + b, 0));
  const mean = 100 * survival;
  return {
    name: `linear decay in ${channels} channels`,
    process: {
      dimension: 1,
      jumps: rates.map((rate) => ({ rate: stateRate((x) => rate * x[0]!), change: displacement([-1]) })),
    },
    initial: everyoneAt(100),
    until,
    expectations: [
      { name: 'mean', of: (x) => x[0]!, exact: mean },
      { name: 'second moment', of: (x) => x[0]! ** 2, exact: mean * (1 - survival) + mean ** 2 },
    ],
  };
}
