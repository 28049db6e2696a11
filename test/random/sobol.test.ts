import { describe, expect, it } from 'vitest';
import { SOBOL_DIMENSIONS, sobolInto, sobolSequence, stream } from '../../src/random/index.ts';
import { chiSquareP, expectFit, kolmogorovSmirnovP } from './goodness-of-fit.ts';

function points(dimension: number, start: number, count: number, seed?: number): Float64Array {
  const out = new Float64Array(count * dimension);
  const options = seed === undefined ? { dimension } : { dimension, rng: stream(91).split(seed) };
  sobolInto(sobolSequence(options), start, count, out);
  return out;
}

describe('the plain sequence', () => {
  // scipy.stats.qmc.Sobol(21, scramble=False, bits=32).random(8), times 8.
  const first = [
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4],
    [6, 2, 2, 2, 6, 6, 2, 6, 6, 6, 6, 6, 2, 2, 6, 2, 6, 2, 6, 2, 2],
    [2, 6, 6, 6, 2, 2, 6, 2, 2, 2, 2, 2, 6, 6, 2, 6, 2, 6, 2, 6, 6],
    [3, 3, 5, 7, 3, 1, 3, 7, 7, 5, 7, 3, 3, 5, 3, 7, 3, 7, 7, 1, 1],
    [7, 7, 1, 3, 7, 5, 7, 3, 3, 1, 3, 7, 7, 1, 7, 3, 7, 3, 3, 5, 5],
    [5, 1, 7, 5, 5, 7, 1, 1, 1, 3, 1, 5, 1, 7, 5, 5, 5, 5, 1, 3, 3],
    [1, 5, 3, 1, 1, 3, 5, 5, 5, 7, 5, 1, 5, 3, 1, 1, 1, 1, 5, 7, 7],
  ];
  it('begins as it should in 21 dimensions', () =>
    expect([...points(21, 0, 8)]).toEqual(first.flat().map((x) => x / 8)));

  // The same after fast_forward(start), in 128 dimensions: x·2³² of some coordinates, and Σ d·x_d·2³² mod 2³².
  it.each([
    [123_456, 0, [113803264, 784891904, 1319665664, 1934065664, 726630400], 2284584960n],
    [2 ** 29 + 77, 123, [1107037380, 2217232572, 550883780, 1049822444, 3527686876], 3308412872n],
  ] as const)('is right at point %d in all 128 dimensions', (start, from, some, checksum) => {
    const words = [...points(SOBOL_DIMENSIONS, start, 1)].map((x) => x * 2 ** 32);
    expect(words.slice(from, from + 5)).toEqual(some);
    expect(words.reduce((sum, word, d) => sum + BigInt(word) * BigInt(d + 1), 0n) % 2n ** 32n).toBe(checksum);
  });
});

describe.each([undefined, 1, 2])('scrambled by %s', (seed) => {
  it('has one of the first 2^k points in each of 2^k slices of every coordinate, in every block', () => {
    const [dimension, size] = [SOBOL_DIMENSIONS, 256];
    for (const block of [0, 1, 5]) {
      const sample = points(dimension, block * size, size, seed);
      for (let d = 0; d < dimension; d++) {
        const slices = new Set(Array.from({ length: size }, (_, i) => Math.floor(size * sample[i * dimension + d]!)));
        expect(slices.size).toBe(size);
      }
    }
  });

  it('has one point in each elementary rectangle of the first two coordinates', () => {
    const sample = points(2, 0, 64, seed);
    for (let k = 0; k <= 6; k++) {
      const cells = new Set<number>();
      for (let i = 0; i < 64; i++)
        cells.add(Math.floor(2 ** k * sample[2 * i]!) * 2 ** (6 - k) + Math.floor(2 ** (6 - k) * sample[2 * i + 1]!));
      expect(cells.size).toBe(64);
    }
  });

  it('gives the same points whatever the pieces', () => {
    const whole = points(5, 0, 100, seed);
    for (const [start, count] of [
      [0, 1],
      [7, 9],
      [63, 2],
      [64, 36],
      [99, 1],
      [50, 0],
    ] as const)
      expect([...points(5, start, count, seed)]).toEqual([...whole.subarray(5 * start, 5 * (start + count))]);
  });

  it('reaches the last of the 2³² points', () => {
    const last = points(3, 2 ** 32 - 2, 2, seed);
    expect([...last.subarray(3)]).toEqual([...points(3, 2 ** 32 - 1, 1, seed)]);
    expect(last.every((x) => x >= 0 && x < 1)).toBe(true);
  });
});

describe('scrambling', () => {
  const SCRAMBLES = 10_000;
  const pairs = Array.from({ length: SCRAMBLES }, (_, seed) => points(2, 0, 4, seed));

  // Kolmogorov–Smirnov on each coordinate of each of the first four points, 1e-6 on each side.
  it('makes every single point uniform', () => {
    for (let j = 0; j < 8; j++)
      expectFit(
        kolmogorovSmirnovP(
          Float64Array.from(pairs, (p) => p[j]!),
          (x) => Math.min(1, Math.max(0, x)),
        ),
      );
  });

  // Points 0 and 3 share their first bit and differ in the second; from the third on their bits must be independent.
  it('keeps common bits common and makes the rest independent', () => {
    const counts = new Float64Array(64);
    let shared = 0;
    for (const p of pairs) {
      const [a, b] = [Math.floor(32 * p[0]!), Math.floor(32 * p[6]!)];
      if (a >> 4 === b >> 4 && ((a ^ b) & 8) !== 0) shared++;
      counts[8 * (a & 7) + (b & 7)]!++;
    }
    expect(shared).toBe(SCRAMBLES);
    expectFit(chiSquareP(counts, new Float64Array(64).fill(1 / 64)));
  });

  it('stays inside (0, 1), also for the extreme words', () => {
    const sequence = sobolSequence({ dimension: 1, rng: stream(1) });
    const out = new Float64Array(1);
    for (const shift of [0, -1]) {
      sobolInto({ ...sequence, shift: Int32Array.of(shift) }, 0, 1, out);
      expect(out[0]! > 0 && out[0]! < 1).toBe(true);
    }
  });

  // ∫Π(1 + (x_d - ½)) over [0, 1]⁵ is 1; plain Monte Carlo has variance ((13/12)⁵ - 1)/N.
  it('makes means unbiased, and far more exact than Monte Carlo', () => {
    const mean = (count: number, seed: number) => {
      const sample = points(5, 0, count, seed);
      let sum = 0;
      for (let i = 0; i < count; i++) {
        let product = 1;
        for (let d = 0; d < 5; d++) product *= 0.5 + sample[5 * i + d]!;
        sum += product;
      }
      return sum / count - 1;
    };
    const deviation = [64, 1024].map((count) => {
      const errors = Array.from({ length: 100 }, (_, seed) => mean(count, seed));
      const average = errors.reduce((a, b) => a + b) / 100;
      const variance = errors.reduce((sum, e) => sum + (e - average) ** 2, 0) / 99;
      // Student with 99 degrees of freedom: |t| > 5.2 has probability 1e-6.
      expect(Math.abs(average)).toBeLessThan(5.2 * Math.sqrt(variance / 100));
      return Math.sqrt(variance);
    });
    // Measured: 0.0103 and 2.9e-4, a slope of -1.29; scipy's scrambled points: 0.0124 and 3.1e-4;
    // Monte Carlo: 0.088 and 0.022. Seeds fixed.
    expect(deviation[1]! / deviation[0]!).toBeLessThan(16 ** -1.2);
    expect(deviation[1]!).toBeLessThan(0.02 * Math.sqrt(((13 / 12) ** 5 - 1) / 1024));
  });
});

describe('bad arguments', () => {
  it('are named', () => {
    for (const dimension of [0, 129, 1.5]) expect(() => sobolSequence({ dimension })).toThrow(/^dimension must be/);
    const sequence = sobolSequence({ dimension: 2 });
    expect(() => sobolInto(sequence, -1, 1, new Float64Array(2))).toThrow(/^start must be/);
    expect(() => sobolInto(sequence, 2 ** 32 - 1, 2, new Float64Array(4))).toThrow(/^count must be/);
    expect(() => sobolInto(sequence, 0, 2, new Float64Array(3))).toThrow(/^out.length must be/);
  });
});
