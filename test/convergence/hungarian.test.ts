import { describe, expect, test } from 'vitest';
import { chiSquareQuantile, chiSquareUpperQuantile } from '../../src/base/special-functions.ts';
import { hungarianIncrements } from '../../src/convergence/coupling/hungarian-increments.ts';
import { kolmogorovSmirnovTest } from '../../src/measure/index.ts';
import { normal, poisson, stream } from '../../src/random/index.ts';

/** Clocks with independent Poisson counts in each of `cells` cells of [0, horizon]. */
function sample(rate: number, cells: number, clocks: number, horizon = 1) {
  const rng = stream(1).split(cells, Math.round(10 * rate));
  const counts = Int32Array.from({ length: clocks * cells }, () => poisson(rng, (rate * horizon) / cells));
  return { counts, increments: hungarianIncrements({ counts, cells, horizon, rate }, stream(2)) };
}

describe('Brownian motions that follow Poisson clocks', () => {
  // Many rings a cell, about one, hardly any.
  test.each([{ rate: 160 }, { rate: 8 }, { rate: 0.4 }])('are Brownian whatever the rate $rate', ({ rate }) => {
    const [cells, clocks, horizon] = [8, 4000, 2];
    const { increments } = sample(rate, cells, clocks, horizon);
    const scale = Math.sqrt(horizon / cells);
    // Each cell, the sum of two neighbours and the total: normal, by Kolmogorov and Smirnov against as many normals; false alarm 1e-6 each.
    const rng = stream(3);
    const normals = () => Float64Array.from({ length: clocks }, () => normal(rng));
    const part = (from: number, to: number) =>
      Float64Array.from({ length: clocks }, (_, i) => {
        let sum = 0;
        for (let k = from; k < to; k++) sum += increments[k * clocks + i]!;
        return sum / (scale * Math.sqrt(to - from));
      });
    for (const [from, to] of [
      [0, 1],
      [3, 4],
      [7, 8],
      [3, 5],
      [0, 8],
    ] as const)
      expect(kolmogorovSmirnovTest(part(from, to), normals()).pValue).toBeGreaterThan(1e-6);
    // Increments of different cells do not correlate: the squared correlations of all pairs against chi-square, false alarm 1e-6.
    let sum = 0;
    for (let k = 0; k < cells; k++)
      for (let l = 0; l < k; l++) {
        const [x, y] = [part(k, k + 1), part(l, l + 1)];
        sum += x.reduce((s, v, i) => s + v * y[i]!, 0) ** 2 / clocks;
      }
    const pairs = (cells * (cells - 1)) / 2;
    expect(sum).toBeLessThan(chiSquareUpperQuantile(5e-7, pairs));
    expect(sum).toBeGreaterThan(chiSquareQuantile(5e-7, pairs));
  });

  test('stay within a few rings of the compensated clocks at all ends of cells', () => {
    const clocks = 200;
    const farthest = [64, 1024].map((rate) => {
      const cells = rate;
      const { counts, increments } = sample(rate, cells, clocks);
      let sum = 0;
      for (let i = 0; i < clocks; i++) {
        let [gap, most] = [0, 0];
        for (let k = 0; k < cells; k++) {
          gap += counts[i * cells + k]! - rate / cells - Math.sqrt(rate) * increments[k * clocks + i]!;
          most = Math.max(most, Math.abs(gap));
        }
        sum += most / clocks;
      }
      return sum;
    });
    // Without a coupling 1.7·√rate: 14 and 55 rings. Cell by cell √cells times 0.4 or so. Here it grows like a logarithm.
    expect(farthest[0]).toBeLessThan(3);
    expect(farthest[1]! - farthest[0]!).toBeLessThan(1.5);
    expect(farthest[1]).toBeGreaterThan(farthest[0]!);
  });
});
