import { constantRate, jumpMap } from '../../src/process/index.ts';
import { normal } from '../../src/random/index.ts';
import { everyoneAt } from './problem.ts';
import type { SdeProblem } from './sde-problem.ts';

/**
 * Merton's jump diffusion dX = μX dt + σX dW, and at rate λ a jump X ← X e^Y, Y ~ N(m, d²):
 * E X^n = x₀^n exp((nμ + ½n(n−1)σ² + λ(e^(nm + ½n²d²) − 1))t). R. C. Merton, J. Financ. Econ. 3 (1976) 125–144.
 */
export function merton({
  mu = 1,
  sigma = 0.4,
  rate = 2,
  jumpMean = -0.2,
  jumpDeviation = 0.15,
  start = 1,
  until = 1,
} = {}): SdeProblem {
  const moment = (n: number) => {
    const jump = Math.exp(n * jumpMean + 0.5 * (n * jumpDeviation) ** 2) - 1;
    return start ** n * Math.exp((n * mu + 0.5 * n * (n - 1) * sigma ** 2 + rate * jump) * until);
  };
  return {
    name: 'Merton',
    process: {
      dimension: 1,
      drift: {
        particle: (x, _s, _t, out) => {
          out[0] = mu * x[0]!;
        },
      },
      diffusion: {
        noise: 'scalar',
        calculus: 'ito',
        particle: (x, _s, _t, out) => {
          out[0] = sigma * x[0]!;
        },
      },
      jumps: [
        {
          name: 'crash',
          rate: constantRate(rate),
          change: jumpMap({
            particle: (x, _s, _t, { rng }) => {
              x[0]! *= Math.exp(jumpMean + jumpDeviation * normal(rng));
            },
          }),
        },
      ],
    },
    initial: everyoneAt(start),
    until,
    expectations: [
      { name: 'mean', of: (x) => x[0]!, exact: moment(1) },
      { name: 'second moment', of: (x) => x[0]! ** 2, exact: moment(2) },
    ],
  };
}
