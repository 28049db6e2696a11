import type { Calculus } from '../../src/process/index.ts';
import { everyoneAt } from './problem.ts';
import { type SdeProblem, scalarProcess } from './sde-problem.ts';

/**
 * dX = αX dt + βX dW from x₀: X = x₀ exp((α − ½β²)t + βW). With α = 1.01, β = 0.87, x₀ = ½ (P. E. Kloeden, E. Platen): E X(1) =
 * 1.3728005, E X(1)² = 4.0172823.
 */
export function geometricBrownianMotion({
  alpha = 1.01,
  beta = 0.87,
  start = 0.5,
  until = 1,
  calculus = 'ito' as Calculus,
  tells = false,
} = {}): SdeProblem {
  return {
    name: 'geometric Brownian motion',
    process: scalarProcess(
      calculus,
      (x) => alpha * x,
      (x) => beta * x,
      () => beta,
      { tells },
    ),
    initial: everyoneAt(start),
    until,
    pathwise: (w) => [start * Math.exp((alpha - 0.5 * beta ** 2) * until + beta * w[0]!)],
    expectations: [
      { name: 'mean', of: (x) => x[0]!, exact: start * Math.exp(alpha * until) },
      { name: 'second moment', of: (x) => x[0]! ** 2, exact: start ** 2 * Math.exp((2 * alpha + beta ** 2) * until) },
    ],
  };
}
