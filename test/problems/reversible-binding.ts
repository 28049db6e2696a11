import { displacement, stateRate } from '../../src/process/index.ts';
import { everyoneAt, type TestProblem } from './problem.ts';

/**
 * A + B ⇌ C at rates 0.1·a·b and 1·c from (500, 500, 0). E A(1) = 65.6708882 from the master equation of its 501 states; recomputed
 * in reversible-binding.test.ts. One state of three species, two jumps with a dependency graph.
 */
export function reversibleBinding(): TestProblem {
  return {
    name: 'A + B ⇌ C',
    process: {
      dimension: 3,
      jumps: [
        { name: 'bind', rate: stateRate((x) => 0.1 * x[0]! * x[1]!), change: displacement([-1, -1, 1]) },
        { name: 'unbind', rate: stateRate((x) => x[2]!), change: displacement([1, 1, -1]) },
      ],
    },
    initial: everyoneAt(500, 500, 0),
    until: 1,
    expectations: [{ name: 'A', of: (x) => x[0]!, exact: 65.6708882 }],
  };
}
