import { constantRate, jumpMap } from '../../src/process/index.ts';
import { poisson, uniformInt } from '../../src/random/index.ts';
import type { TestProblem } from './problem.ts';

/**
 * The linear neuron with Poisson(c) partners drawn from the cloud at each jump (docs/theory.md, section 5, penalized-jump), from mean 0
 * and second moment 1. The moment equations are linear in (m, s); integrated here by RK4 with 4000 steps (error below 1e-12).
 */
export function penalizedLinearDropout({ jumpSize = 0.5, activeCount = 2, target = 1, until = 1 } = {}): TestProblem {
  const [a, c, y] = [jumpSize, activeCount, target];
  const [mean, second] = integrate(
    ([m, s]) => [
      -((1 + 1 / c) * m - y),
      -2 * (m * m + s / c - y * m) +
        a * (m * m * (1 + 2 / c) + (s / c) * (1 + 1 / c) - 2 * y * (1 + 1 / c) * m + y * y),
    ],
    [0, 1],
    until,
    4000,
  );
  return {
    name: 'linear dropout with partners',
    process: {
      dimension: 1,
      jumps: [
        {
          rate: constantRate(1 / a),
          change: jumpMap(
            {
              particle(x, _s, _t, context) {
                let sum = x[0]!;
                for (let k = poisson(context.rng, c); k > 0; k--)
                  sum += context.cloud[uniformInt(context.rng, context.count)]!;
                x[0]! -= a * (sum / c - y);
              },
            },
            { partners: true },
          ),
        },
      ],
    },
    initial: (count) => Array.from({ length: count }, (_, i) => [i % 2 === 0 ? 1 : -1]),
    until,
    expectations: [
      { name: 'mean', of: (x) => x[0]!, exact: mean },
      { name: 'second moment', of: (x) => x[0]! ** 2, exact: second },
    ],
  };
}

type Pair = readonly [number, number];

function integrate(f: (y: Pair) => Pair, start: Pair, until: number, steps: number): Pair {
  const h = until / steps;
  const along = (y: Pair, k: Pair, by: number): Pair => [y[0] + by * k[0], y[1] + by * k[1]];
  let y = start;
  for (let n = 0; n < steps; n++) {
    const k1 = f(y);
    const k2 = f(along(y, k1, h / 2));
    const k3 = f(along(y, k2, h / 2));
    const k4 = f(along(y, k3, h));
    y = [
      y[0] + (h / 6) * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0]),
      y[1] + (h / 6) * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1]),
    ];
  }
  return y;
}
