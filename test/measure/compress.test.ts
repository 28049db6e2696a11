import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMPRESSION_METHODS } from '../../src/measure/compress.ts';
import { compress, empiricalMeasure, expectationsOf, massOf, mixture, wasserstein2 } from '../../src/measure/index.ts';
import { stream } from '../../src/random/stream.ts';
import { cloudArbitrary, randomCloud } from './clouds.ts';

/** m features of very different sizes, one of them constant and one a copy, so that constraints depend on each other. */
function features(m: number) {
  return (x: Float64Array) =>
    Array.from({ length: m }, (_, j) => {
      if (j === 1) return 7;
      if (j === 2) return Math.tanh(x[0]!);
      return 10 ** ((j % 7) - 3) * Math.tanh(x[0]! * (1 + 0.3 * j) + (x[1] ?? 0) * (j - 2));
    });
}

describe.each(COMPRESSION_METHODS)('compress by %s', (method) => {
  it.each([
    [3000, 64, 5],
    [3000, 200, 40],
    [500, 41, 40],
  ])('%i atoms to %i keeps mass to the bit and %i features to machine precision', (n, count, m) => {
    const cloud = randomCloud(5, n, 2, true);
    const small = compress(cloud, count, { features: features(m), method, rng: stream(2) });
    expect(small.count).toBeLessThanOrEqual(count);
    expect(massOf(small)).toBe(massOf(cloud));
    expect(Math.min(...small.weights)).toBeGreaterThanOrEqual(0);
    const before = expectationsOf(cloud, features(m));
    const scale = expectationsOf(cloud, (x) => features(m)(x).map(Math.abs));
    expectationsOf(small, features(m)).forEach((value, j) => {
      expect(Math.abs(value - before[j]!) / scale[j]!).toBeLessThan(2e-15);
    });
  });
});

describe('compress', () => {
  it('stays close to the measure: cells keep neighbours together', () => {
    const cloud = randomCloud(6, 2000, 2, false);
    const coarse = compress(cloud, 40, { features: features(3) });
    const fine = compress(cloud, 400, { features: features(3) });
    expect(wasserstein2(cloud, fine)).toBeLessThan(0.4 * wasserstein2(cloud, coarse));
  });

  it('law: atoms are among the old ones, weights nonnegative, mass and mean kept', () => {
    const rng = stream(4);
    fc.assert(
      fc.property(
        cloudArbitrary(2, fc.integer({ min: 4, max: 60 }), true),
        fc.integer({ min: 3, max: 20 }),
        fc.constantFrom(...COMPRESSION_METHODS),
        (cloud, count, method) => {
          const identity = (x: Float64Array) => [...x];
          const small = compress(cloud, count, { features: identity, method, rng });
          expect(small.count).toBeLessThanOrEqual(Math.max(count, Math.min(cloud.count, count)));
          const old = new Set(
            Array.from({ length: cloud.count }, (_, i) => String(cloud.particles.slice(2 * i, 2 * i + 2))),
          );
          for (let i = 0; i < small.count; i++) {
            expect(old.has(String(small.particles.slice(2 * i, 2 * i + 2)))).toBe(true);
            expect(small.weights[i]).toBeGreaterThanOrEqual(0);
          }
          expect(massOf(small)).toBeCloseTo(1, 14);
          const [before, after] = [expectationsOf(cloud, identity), expectationsOf(small, identity)];
          expect(after[0]).toBeCloseTo(before[0]!, 13);
          expect(after[1]).toBeCloseTo(before[1]!, 13);
        },
      ),
      { seed: 2, numRuns: 150 },
    );
  });

  it('by resampling keeps weights nearly equal, and falls back to recombination where they would turn negative', () => {
    const cloud = randomCloud(7, 4000, 2, true);
    const small = compress(cloud, 500, { features: features(5), method: 'resampling', rng: stream(3) });
    expect(small.count).toBe(500);
    small.weights.forEach((w) => {
      expect(Math.abs(500 * w - 1)).toBeLessThan(0.2);
    });
    // An atom of weight 1/1000 that alone carries a feature is rarely drawn, and no reweighting can replace it.
    const lonely = empiricalMeasure(Array.from({ length: 1000 }, (_, i) => i));
    const kept = compress(lonely, 5, { features: ([x]) => [x === 500 ? 1 : 0], method: 'resampling', rng: stream(3) });
    expect(expectationsOf(kept, ([x]) => [x === 500 ? 1 : 0])[0]).toBeCloseTo(1e-3, 15);
  });

  it('bounds a mixture that doubles at every step', () => {
    let measure = empiricalMeasure([0.3, -1, 2]);
    const identity = (x: Float64Array) => [x[0]!, x[0]! ** 2];
    for (let step = 0; step < 20; step++) {
      const moved = empiricalMeasure(
        measure.particles.map((x) => x - 0.5 * (x - 1)),
        measure.weights,
      );
      measure = compress(mixture([measure, moved], [0.7, 0.3]), 30, { features: identity });
    }
    // m⁺ = m − 0.15 (m − 1) and s⁺ = 0.7 s + 0.3 (s/4 + m/2 + 1/4), exact for any number of atoms.
    let [m, s] = [1.3 / 3, (0.09 + 1 + 4) / 3];
    for (let step = 0; step < 20; step++) [m, s] = [m - 0.15 * (m - 1), 0.7 * s + 0.3 * (s / 4 + m / 2 + 0.25)];
    expect(expectationsOf(measure, identity)[0]).toBeCloseTo(m, 13);
    expect(expectationsOf(measure, identity)[1]).toBeCloseTo(s, 13);
  });

  it('checks its arguments', () => {
    const cloud = randomCloud(1, 20, 1, false);
    expect(() => compress(cloud, 2, { features: (x) => [x[0]!, x[0]! ** 2] })).toThrow(
      'count must be an integer in [3',
    );
    expect(() => compress(cloud, 5, { method: 'resampling' })).toThrow('rng must be a stream');
    expect(compress(cloud, 20)).toBe(cloud);
    expect(() => compress(cloud, 5, { features: [[1], [2]] })).toThrow('features.length must be 20');
  });
});
