import type { Calculus } from '../../src/process/index.ts';
import { everyoneAt } from './problem.ts';
import { type SdeProblem, scalarProcess } from './sde-problem.ts';

/**
 * Additive noise: dX = (β/√(1+t) − X/(2(1+t)))dt + αβ/√(1+t) dW, X = (x₀ + β(t + αW))/√(1+t), normal.
 * A. Rößler, SIAM J. Numer. Anal. 48 (2010) 922–952, section 6.
 */
export function fadingNoise({
  alpha = 0.1,
  beta = 0.05,
  start = 1,
  until = 1,
  calculus = 'ito' as Calculus,
} = {}): SdeProblem {
  const root = (t: number) => Math.sqrt(1 + t);
  const mean = (start + beta * until) / root(until);
  const variance = ((alpha * beta) ** 2 * until) / (1 + until);
  return {
    name: `fading additive noise, α = ${alpha}`,
    process: scalarProcess(
      calculus,
      (x, t) => beta / root(t) - x / (2 * (1 + t)),
      (_x, t) => (alpha * beta) / root(t),
      () => 0,
      { additive: true },
    ),
    initial: everyoneAt(start),
    until,
    pathwise: (w) => [(start + beta * (until + alpha * w[0]!)) / root(until)],
    expectations: [
      { name: 'mean', of: (x) => x[0]!, exact: mean },
      { name: 'fourth moment', of: (x) => x[0]! ** 4, exact: mean ** 4 + 6 * mean ** 2 * variance + 3 * variance ** 2 },
    ],
  };
}
