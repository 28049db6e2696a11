import { describe, expect, it } from 'vitest';
import { empiricalMeasure, resample, resampleInto } from '../../src/measure/index.ts';
import { RESAMPLING_METHODS } from '../../src/measure/resample.ts';
import { stream } from '../../src/random/stream.ts';

const weights = Float64Array.from([0.05, 0, 0.31, 0.22, 0.42]);
const count = 16;
const runs = 4000;

/** Mean and variance over runs of how often each atom is drawn. */
function counts(method: (typeof RESAMPLING_METHODS)[number]) {
  const rng = stream(11).split(method);
  const out = new Int32Array(count);
  const sum = new Float64Array(weights.length);
  const squares = new Float64Array(weights.length);
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let run = 0; run < runs; run++) {
    resampleInto(weights, method, rng, out);
    weights.forEach((_, atom) => {
      const times = out.filter((i) => i === atom).length;
      sum[atom]! += times / runs;
      squares[atom]! += times ** 2 / runs;
      if (atom === 2) [least, most] = [Math.min(least, times), Math.max(most, times)];
    });
  }
  return { mean: sum, variance: squares.map((value, i) => value - sum[i]! ** 2), least, most };
}

describe.each(RESAMPLING_METHODS)('%s resampling', (method) => {
  const { mean, variance, least, most } = counts(method);

  it('is unbiased', () => {
    weights.forEach((w, atom) => {
      // Seeded; at 5.5 standard errors the false-alarm probability would be 4e-8 an atom.
      const error = Math.sqrt(Math.max(variance[atom]!, 1e-12) / runs);
      expect(Math.abs(mean[atom]! - count * w)).toBeLessThan(5.5 * error + 1e-12);
    });
  });

  it('has the variance of its kind', () => {
    const binomial = count * 0.31 * 0.69;
    // The relative error of a variance over 4000 runs is about √(2/4000) = 2.2 %: 12 % is 5.4 standard errors, 7e-8.
    if (method === 'multinomial') expect(Math.abs(variance[2]! / binomial - 1)).toBeLessThan(0.12);
    else expect(variance[2]!).toBeLessThan(0.5);
    if (method === 'systematic') expect([least, most]).toEqual([4, 5]);
  });
});

it('gives equal weights and keeps points, and checks its arguments', () => {
  const measure = empiricalMeasure(
    [
      [1, 2],
      [3, 4],
    ],
    [0, 1],
  );
  const drawn = resample(measure, 3, { rng: stream(1) });
  expect([...drawn.particles]).toEqual([3, 4, 3, 4, 3, 4]);
  expect([...drawn.weights]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  expect(() => resample(measure, 0, { rng: stream(1) })).toThrow('count must be');
  expect(() => resample(measure, 1, { rng: stream(1), method: 'other' as 'systematic' })).toThrow(
    'method must be one of',
  );
});
