import type { Calculus } from '../../src/process/index.ts';
import type { SdeProblem } from './sde-problem.ts';

/**
 * dX = (−a(X − m) − c m)dt + σ dW with m the mean of all N: m is Ornstein–Uhlenbeck with rate c and noise σ/√N, the deviations
 * from it have rate a, and both are independent. So E X = x₀e^(−ct), and over all particles
 * E X² = x₀²e^(−2ct) + σ²(1 − e^(−2ct))/(2cN) + σ²(1 − 1/N)(1 − e^(−2at))/(2a), for every N.
 */
export function meanFieldOrnsteinUhlenbeck({
  a = 1.5,
  c = 0.5,
  sigma = 0.8,
  start = 1,
  particles = Number.POSITIVE_INFINITY,
  until = 1,
  calculus = 'ito' as Calculus,
} = {}): SdeProblem {
  const mean = start * Math.exp(-c * until);
  const spread = (rate: number) => (sigma ** 2 * -Math.expm1(-2 * rate * until)) / (2 * rate);
  return {
    name: 'mean-field Ornstein–Uhlenbeck',
    process: {
      dimension: 1,
      statistic: {
        size: 1,
        particle: (x, out) => {
          out[0] = x[0]!;
        },
      },
      drift: {
        particle: (x, s, _t, out) => {
          out[0] = -a * (x[0]! - s[0]!) - c * s[0]!;
        },
      },
      diffusion: {
        noise: 'scalar',
        calculus,
        additive: true,
        particle: (_x, _s, _t, out) => {
          out[0] = sigma;
        },
      },
    },
    initial: (count) => Array.from({ length: count }, () => [start]),
    until,
    expectations: [
      { name: 'mean', of: (x) => x[0]!, exact: mean },
      {
        name: 'second moment',
        of: (x) => x[0]! ** 2,
        exact: mean ** 2 + spread(c) / particles + spread(a) * (1 - 1 / particles),
      },
    ],
  };
}
