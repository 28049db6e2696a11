import type { Calculus } from '../../src/process/index.ts';
import { everyoneAt } from './problem.ts';
import { type SdeProblem, scalarProcess } from './sde-problem.ts';

/**
 * dX = −¼X(1 − X²)dt + ½(1 − X²)dW, in Stratonovich's sense without drift: X = ((1+x₀)e^W + x₀ − 1)/((1+x₀)e^W + 1 − x₀).
 * P. E. Kloeden, E. Platen, Numerical Solution of SDEs, (4.4.46) with other constants.
 */
export function boundedDiffusion({
  start = 0.5,
  until = 1,
  calculus = 'ito' as Calculus,
  tells = false,
} = {}): SdeProblem {
  return {
    name: 'bounded diffusion',
    process: scalarProcess(
      calculus,
      (x) => -0.25 * x * (1 - x * x),
      (x) => 0.5 * (1 - x * x),
      (x) => -x,
      { tells },
    ),
    initial: everyoneAt(start),
    until,
    pathwise: (w) => {
      const e = (1 + start) * Math.exp(w[0]!);
      return [(e + start - 1) / (e + 1 - start)];
    },
    expectations: [],
  };
}
