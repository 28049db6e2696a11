import type { Calculus } from '../../src/process/index.ts';
import { everyoneAt } from './problem.ts';
import { type SdeProblem, scalarProcess } from './sde-problem.ts';

/**
 * dX = (½X + √(X²+1))dt + √(X²+1)dW from 0: X = sinh(t + W), so that with h(z) = z³ − 6z² + 8z E h(asinh X) = t³ − 3t² + 2t.
 * A. Rößler, SIAM J. Numer. Anal. 47 (2009) 1713–1738, section 5.
 */
export function hyperbolicDiffusion({ until = 0.5, calculus = 'ito' as Calculus } = {}): SdeProblem {
  const root = (x: number) => Math.sqrt(x * x + 1);
  return {
    name: 'hyperbolic diffusion',
    process: scalarProcess(
      calculus,
      (x) => 0.5 * x + root(x),
      root,
      (x) => x / root(x),
    ),
    initial: everyoneAt(0),
    until,
    pathwise: (w) => [Math.sinh(until + w[0]!)],
    expectations: [
      {
        name: 'h(asinh X)',
        of: (x) => {
          const z = Math.asinh(x[0]!);
          return z * (z * (z - 6) + 8);
        },
        exact: until * (until * (until - 3) + 2),
      },
    ],
  };
}
