import type { TestProblem } from './problem.ts';

/**
 * dx = (s² − x) dt with s the mean: the mean solves m' = m² − m, so m(t) = 1/(1 + (1/m₀ − 1)eᵗ), and deviations from it decay as
 * e⁻ᵗ. Nonlinear in the statistic: a scheme that freezes s over a step has order 1 on it.
 */
export function logisticMeanFieldFlow(): TestProblem & { readonly exact: (start: number[][], t: number) => number[] } {
  const meanAt = (m: number, t: number) => 1 / (1 + (1 / m - 1) * Math.exp(t));
  return {
    name: 'logistic mean-field flow',
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
          out[0] = s[0]! ** 2 - x[0]!;
        },
      },
    },
    initial: (count) => Array.from({ length: count }, (_, i) => [0.2 + (0.6 * (i + 0.5)) / count]),
    until: 2,
    expectations: [{ name: 'mean', of: (x) => x[0]!, exact: meanAt(0.5, 2) }],
    exact(start, t) {
      const m = start.reduce((sum, row) => sum + row[0]!, 0) / start.length;
      return start.map((row) => meanAt(m, t) + (row[0]! - m) * Math.exp(-t));
    },
  };
}
