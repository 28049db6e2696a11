import { describe, expect, it } from 'vitest';
import { normalCdf, normalUpperTail } from '../../src/base/index.ts';
import { exponential, fillNormal, normal, type Stream, stream } from '../../src/random/index.ts';
import { chiSquareP, expectFit, kolmogorovSmirnovP, LARGEST_Z } from './goodness-of-fit.ts';

interface Law {
  readonly name: string;
  readonly draw: (rng: Stream) => number;
  readonly cdf: (x: number) => number;
  /** Exact moments of order 1 to 8. */
  readonly moments: readonly number[];
}

const laws: Law[] = [
  { name: 'normal', draw: normal, cdf: normalCdf, moments: [0, 1, 0, 3, 0, 15, 0, 105] },
  {
    name: 'exponential',
    draw: exponential,
    cdf: (x) => -Math.expm1(-Math.max(x, 0)),
    moments: [1, 2, 6, 24, 120, 720, 5040, 40320],
  },
  {
    name: 'uniform',
    draw: (rng) => rng.uniform(),
    cdf: (x) => Math.min(1, Math.max(0, x)),
    moments: [1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8, 1 / 9],
  },
  {
    name: 'open uniform',
    draw: (rng) => rng.uniformOpen(),
    cdf: (x) => Math.min(1, Math.max(0, x)),
    moments: [1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8, 1 / 9],
  },
];

const DRAWS = 1_000_000;

describe.each(laws)('$name', ({ name, draw, cdf, moments }) => {
  const rng = stream(77).split('continuous', name);
  const sample = Float64Array.from({ length: DRAWS }, () => draw(rng));

  // Kolmogorov–Smirnov, false-alarm probability 1e-6 on each side; sees a shift of 0.003 standard deviations.
  it('has the right distribution function', () => expectFit(kolmogorovSmirnovP(sample, cdf)));

  // False-alarm probability 2e-6 each.
  it.each([1, 2, 3, 4])('has the right moment of order %d', (order) => {
    const mean = sample.reduce((sum, x) => sum + x ** order, 0) / DRAWS;
    const variance = moments[2 * order - 1]! - moments[order - 1]! ** 2;
    expect(Math.abs(mean - moments[order - 1]!)).toBeLessThan(LARGEST_Z * Math.sqrt(variance / DRAWS));
  });

  // χ² on 32 × 32 equally likely cells for pairs of neighbours, false-alarm probability 1e-6 on each side.
  it('has independent neighbours', () => {
    const counts = new Float64Array(1024);
    const cell = (x: number) => Math.min(31, Math.floor(32 * cdf(x)));
    for (let i = 0; i + 1 < DRAWS; i += 2) counts[32 * cell(sample[i]!) + cell(sample[i + 1]!)]!++;
    expectFit(chiSquareP(counts, new Float64Array(1024).fill(1 / 1024)));
  });
});

describe('tails', () => {
  // Where the ziggurat has its seams, and far out: each count is binomial. False-alarm probability 2e-6 each.
  it('|normal| exceeds a bound as often as it should', () => {
    const rng = stream(78).split('normal tail');
    const draws = 4_000_000;
    const bounds = [2.5, 3.3, 3.6541, 3.6542, 4, 4.5, 5];
    const counts = new Float64Array(bounds.length);
    for (let i = 0; i < draws; i++) {
      const size = Math.abs(normal(rng));
      if (size > 2.5) for (let b = 0; b < bounds.length; b++) if (size > bounds[b]!) counts[b]!++;
    }
    bounds.forEach((bound, b) => {
      const expected = 2 * draws * normalUpperTail(bound);
      expect(Math.abs(counts[b]! - expected)).toBeLessThan(LARGEST_Z * Math.sqrt(expected));
    });
  });

  /** The stream, but every number it makes begins in the last layer, beyond the edge. */
  function fromTheEnd(rng: Stream): Stream {
    let first = true;
    return {
      nextInt32: () => {
        const word = rng.nextInt32();
        if (!first) return word;
        first = false;
        return (word & 0x00800000) | 0x007fffff;
      },
      uniform: () => rng.uniform(),
    } as unknown as Stream;
  }

  // Conditional laws given that the last layer is passed, 200,000 draws: 1e-6 on each side, 2e-6 for the sign.
  it('the normal tail has the right law, on both sides', () => {
    const rng = stream(79);
    const bound = 3.654152885361009;
    const sample = Float64Array.from({ length: 200_000 }, () => normal(fromTheEnd(rng)));
    const cdf = (x: number) => 1 - normalUpperTail(x) / normalUpperTail(bound);
    expectFit(kolmogorovSmirnovP(sample.map(Math.abs), cdf));
    const negative = sample.filter((x) => x < 0).length;
    expect(Math.abs(negative - 100_000)).toBeLessThan(LARGEST_Z * Math.sqrt(50_000));
  });

  it('the exponential tail has the right law', () => {
    const rng = stream(80);
    const sample = Float64Array.from({ length: 200_000 }, () => exponential(fromTheEnd(rng)) - 7.69711747013105);
    expectFit(kolmogorovSmirnovP(sample, (x) => -Math.expm1(-x)));
  });
});

describe('fillNormal', () => {
  it('writes what repeated calls would give, and no more than it is asked', () => {
    const out = new Float64Array(10).fill(Number.NaN);
    fillNormal(stream(3), out, 7);
    const rng = stream(3);
    expect([...out.subarray(0, 7)]).toEqual(Array.from({ length: 7 }, () => normal(rng)));
    expect(out.subarray(7).every(Number.isNaN)).toBe(true);
  });
});

describe('power', () => {
  const fitOf = (draw: (rng: Stream) => number, cdf: (x: number) => number) => {
    const rng = stream(82);
    return kolmogorovSmirnovP(
      Float64Array.from({ length: DRAWS }, () => draw(rng)),
      cdf,
    );
  };

  it('finds a sum of six uniforms, a coarse normal and a rate that is off by 1 %', () => {
    const sumOfSix = (rng: Stream) => {
      let sum = -3;
      for (let i = 0; i < 6; i++) sum += rng.uniform();
      return sum * Math.SQRT2;
    };
    expect(fitOf(sumOfSix, normalCdf)).toBeLessThan(1e-6);
    expect(fitOf((rng) => Math.round(50 * normal(rng)) / 50, normalCdf)).toBeLessThan(1e-6);
    expect(
      fitOf(
        (rng) => 1.01 * exponential(rng),
        (x) => -Math.expm1(-x),
      ),
    ).toBeLessThan(1e-6);
  });
});
