import type { Calculus } from '../../src/process/index.ts';
import { everyoneAt } from './problem.ts';
import type { SdeProblem } from './sde-problem.ts';

/**
 * dX = −aX dt + (s + γX)dW with s = E X², in the limit of many particles:
 * u = E X = x₀e^(−at), and v = E X² solves v' = −2av + v² + 2γuv + γ²v (by RK4, 2000 steps). The noise sees the law.
 */
export function noiseFedBySpread({
  a = 1,
  gamma = 0.3,
  start = 0.8,
  until = 1,
  calculus = 'ito' as Calculus,
} = {}): SdeProblem {
  const slope = (t: number, v: number) =>
    -2 * a * v + v * v + 2 * gamma * start * Math.exp(-a * t) * v + gamma ** 2 * v;
  let v = start ** 2;
  const steps = 2000;
  const h = until / steps;
  for (let n = 0; n < steps; n++) {
    const t = n * h;
    const k1 = slope(t, v);
    const k2 = slope(t + h / 2, v + (h / 2) * k1);
    const k3 = slope(t + h / 2, v + (h / 2) * k2);
    v += (h / 6) * (k1 + 2 * k2 + 2 * k3 + slope(t + h, v + h * k3));
  }
  const correction = calculus === 'ito' ? 0 : 0.5 * gamma;
  return {
    name: 'noise fed by the spread',
    process: {
      dimension: 1,
      statistic: {
        size: 1,
        particle: (x, out) => {
          out[0] = x[0]! ** 2;
        },
      },
      drift: {
        particle: (x, s, _t, out) => {
          out[0] = -a * x[0]! - correction * (s[0]! + gamma * x[0]!);
        },
      },
      diffusion: {
        noise: 'scalar',
        calculus,
        particle: (x, s, _t, out) => {
          out[0] = s[0]! + gamma * x[0]!;
        },
      },
    },
    initial: everyoneAt(start),
    until,
    expectations: [
      { name: 'second moment', of: (x) => x[0]! ** 2, exact: v },
      { name: 'mean', of: (x) => x[0]!, exact: start * Math.exp(-a * until) },
    ],
  };
}
