import { displacement, stateRate } from '../../src/process/index.ts';
import { everyoneAt, type TestProblem } from './problem.ts';

/**
 * Linear birth–death process (D. G. Kendall 1948): mean n₀e^((b−d)t), and from one individual it is extinct by t with probability
 * d(E − 1)/(bE − d), E = e^((b−d)t). b = 2, d = 1 from 1 at t = 4: 54.59815 and 0.495379.
 */
export function birthDeath({ birth = 2, death = 1, start = 1, until = 4 } = {}): TestProblem {
  const growth = Math.exp((birth - death) * until);
  const extinct = (death * (growth - 1)) / (birth * growth - death);
  const variance = ((start * (birth + death)) / (birth - death)) * growth * (growth - 1);
  return {
    name: 'birth–death',
    process: {
      dimension: 1,
      jumps: [
        { name: 'birth', rate: stateRate((x) => birth * x[0]!), change: displacement([1]) },
        { name: 'death', rate: stateRate((x) => death * x[0]!), change: displacement([-1]) },
      ],
    },
    initial: everyoneAt(start),
    until,
    expectations: [
      { name: 'mean', of: (x) => x[0]!, exact: start * growth },
      { name: 'extinction', of: (x) => (x[0] === 0 ? 1 : 0), exact: extinct ** start },
      { name: 'second moment', of: (x) => x[0]! ** 2, exact: variance + (start * growth) ** 2 },
    ],
  };
}
