import { constantRate, jumpMap } from '../../src/process/index.ts';
import type { TestProblem } from './problem.ts';

/**
 * The linear neuron φ(x) = x with target y under Poisson jumps of size α, from points of mean m₀ and second moment s₀
 * (docs/theory.md, section 5): m' = −(m − y), s' = −2m(m − y) + α(m − y)², so with e = (m₀ − y)e⁻ᵗ
 * m = y + e, s = s₀ + [m² − m₀²] + (α/2)[(m₀ − y)² − e²].
 */
export function linearDropout({ jumpSize = 0.5, target = 1, until = 1 } = {}): TestProblem {
  const e0 = -target;
  const e = e0 * Math.exp(-until);
  const mean = target + e;
  return {
    name: 'linear dropout, Poisson jumps',
    process: {
      dimension: 1,
      statistic: {
        size: 1,
        particle: (x, out) => {
          out[0] = x[0]!;
        },
        cloud: (cloud, count, out) => {
          let sum = 0;
          for (let i = 0; i < count; i++) sum += cloud[i]!;
          out[0] = sum / count;
        },
      },
      jumps: [
        {
          rate: constantRate(1 / jumpSize),
          change: jumpMap({
            many(cloud, indices, count, s) {
              for (let k = 0; k < count; k++) cloud[indices[k]!]! -= jumpSize * (s[0]! - target);
            },
          }),
        },
      ],
    },
    // ±1 in turn: mean 0 and second moment 1, without sampling error.
    initial: (count) => Array.from({ length: count }, (_, i) => [i % 2 === 0 ? 1 : -1]),
    until,
    expectations: [
      { name: 'mean', of: (x) => x[0]!, exact: mean },
      { name: 'second moment', of: (x) => x[0]! ** 2, exact: 1 + mean ** 2 + (jumpSize / 2) * (e0 ** 2 - e ** 2) },
    ],
  };
}
