import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assignmentPlan,
  type EmpiricalMeasure,
  empiricalMeasure,
  energyDistance,
  energyKernel,
  featureDiscrepancy,
  gaussianKernel,
  inverseMultiquadricKernel,
  kolmogorovSmirnov,
  laplaceKernel,
  maximumMeanDiscrepancy,
  slicedWasserstein,
  transportPlan,
  wasserstein,
  wasserstein1,
  wasserstein1D,
  wasserstein2,
} from '../../../src/measure/index.ts';
import { stream } from '../../../src/random/stream.ts';
import { cloudArbitrary } from '../clouds.ts';

interface Row {
  readonly name: string;
  readonly distance: (a: EmpiricalMeasure, b: EmpiricalMeasure) => number;
  readonly dimensions: readonly number[];
  /** Takes weights and clouds of different sizes. */
  readonly weighted: boolean;
  /** d(x + v, y + v) = d(x, y). */
  readonly translation: boolean;
  /** d(2x, 2y) = 2^degree d(x, y), if there is such a degree. */
  readonly degree?: number;
  /** d(δ_x, δ_y) as a function of r = |x − y|, if it is one. */
  readonly diracs?: (r: number) => number;
  /** The error of one part in 2⁻⁵² of the mass, moved by a distance of 1 to 10. Default 2e-7, for square roots. */
  readonly rounding?: number;
  /** d = 0 only for equal measures. */
  readonly separates: boolean;
}

const features = (x: Float64Array) => [Math.tanh(x[0]!), x[0]! * (x[1] ?? 1)];
const all = { weighted: true, translation: true, separates: true };
const scaled = { ...all, degree: 1, diracs: (r: number) => r };

/** Every distance of the library that is a metric, once; a new one is added here. */
const TABLE: Row[] = [
  { name: 'wasserstein1D, order 1', distance: (a, b) => wasserstein1D(a, b, 1), dimensions: [1], ...scaled },
  { name: 'wasserstein1D, order 2', distance: (a, b) => wasserstein1D(a, b, 2), dimensions: [1], ...scaled },
  {
    name: 'wasserstein1D, order 3.5',
    distance: (a, b) => wasserstein1D(a, b, 3.5),
    dimensions: [1],
    ...scaled,
    rounding: 1e-3,
  },
  {
    name: 'wasserstein1D, order ∞',
    distance: (a, b) => wasserstein1D(a, b, Number.POSITIVE_INFINITY),
    dimensions: [1],
    ...scaled,
  },
  { name: 'wasserstein1', distance: wasserstein1, dimensions: [1, 2, 3], ...scaled },
  { name: 'wasserstein2', distance: wasserstein2, dimensions: [1, 2, 3], ...scaled },
  {
    name: 'wasserstein, order 3',
    distance: (a, b) => wasserstein(a, b, 3),
    dimensions: [2],
    ...scaled,
    rounding: 1e-4,
  },
  {
    name: 'assignment, order 2',
    distance: (a, b) => Math.sqrt(assignmentPlan(a, b, 2).cost / a.count),
    dimensions: [1, 2],
    ...scaled,
    weighted: false,
  },
  {
    name: 'transport, order 2',
    distance: (a, b) => Math.sqrt(transportPlan(a, b, 2).cost),
    dimensions: [1, 2],
    ...scaled,
  },
  {
    // The same directions every time: then it is a metric itself.
    name: 'slicedWasserstein',
    distance: (a, b) => slicedWasserstein(a, b, { rng: stream(9), directions: 16 }).distance,
    dimensions: [1, 2, 3],
    ...all,
    degree: 1,
  },
  {
    name: 'energyDistance',
    distance: energyDistance,
    dimensions: [1, 2, 3],
    ...all,
    degree: 0.5,
    diracs: (r) => Math.sqrt(2 * r),
  },
  {
    name: 'maximumMeanDiscrepancy, gaussian',
    distance: (a, b) => maximumMeanDiscrepancy(a, b, { kernel: gaussianKernel(1.5) }),
    dimensions: [1, 2],
    ...all,
    diracs: (r) => Math.sqrt(2 - 2 * Math.exp((-r * r) / 4.5)),
  },
  {
    name: 'maximumMeanDiscrepancy, laplace',
    distance: (a, b) => maximumMeanDiscrepancy(a, b, { kernel: laplaceKernel(2) }),
    dimensions: [2],
    ...all,
    diracs: (r) => Math.sqrt(2 - 2 * Math.exp(-r / 2)),
  },
  {
    name: 'maximumMeanDiscrepancy, inverse multiquadric',
    distance: (a, b) => maximumMeanDiscrepancy(a, b, { kernel: inverseMultiquadricKernel(2) }),
    dimensions: [2],
    ...all,
    diracs: (r) => Math.sqrt(2 - 2 / Math.sqrt(1 + (r * r) / 4)),
  },
  {
    name: 'maximumMeanDiscrepancy, energy',
    distance: (a, b) => maximumMeanDiscrepancy(a, b, { kernel: energyKernel() }),
    dimensions: [2],
    ...all,
    degree: 0.5,
    diracs: (r) => Math.sqrt(2 * r),
  },
  {
    name: 'featureDiscrepancy',
    distance: (a, b) => featureDiscrepancy(a, b, features, [0.5, 2]),
    dimensions: [1, 2],
    weighted: true,
    translation: false,
    separates: false,
  },
  {
    name: 'kolmogorovSmirnov',
    distance: kolmogorovSmirnov,
    dimensions: [1],
    ...all,
    degree: 0,
    diracs: (r) => (r > 0 ? 1 : 0),
  },
];

const moved = (m: EmpiricalMeasure, map: (x: number, k: number) => number) =>
  empiricalMeasure(
    Array.from({ length: m.count }, (_, i) =>
      Array.from(m.particles.subarray(i * m.dimension, (i + 1) * m.dimension), map),
    ),
    m.weights,
  );

/** The same measure with its atoms in reverse order. */
const reversed = (m: EmpiricalMeasure) => {
  const rows = Array.from({ length: m.count }, (_, i) => [
    ...m.particles.subarray(i * m.dimension, (i + 1) * m.dimension),
  ]);
  return empiricalMeasure(rows.reverse(), m.weights.slice().reverse());
};

describe.each(TABLE)(
  'law of distances: $name',
  ({ distance, dimensions, weighted, translation, degree, diracs, separates, rounding = 2e-7 }) => {
    describe.each(dimensions)('p = %i', (p) => {
      const size = weighted ? fc.integer({ min: 1, max: 7 }) : fc.constant(5);
      const cloud = cloudArbitrary(p, size, weighted);

      it('is nonnegative, symmetric, 0 for equal measures, and blind to the order of atoms', () => {
        fc.assert(
          fc.property(cloud, cloud, (a, b) => {
            const d = distance(a, b);
            expect(d).toBeGreaterThanOrEqual(0);
            expect(Math.abs(distance(b, a) - d)).toBeLessThan(rounding);
            expect(distance(a, reversed(a))).toBeLessThan(rounding);
            expect(Math.abs(distance(reversed(a), b) - d)).toBeLessThan(rounding);
          }),
          { seed: 11, numRuns: 40 },
        );
      });

      it('obeys the triangle inequality', () => {
        fc.assert(
          fc.property(cloud, cloud, cloud, (a, b, c) => {
            expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c) + rounding);
          }),
          { seed: 12, numRuns: 60 },
        );
      });

      it('moves as it should under translation and scaling', () => {
        fc.assert(
          fc.property(cloud, cloud, (a, b) => {
            const d = distance(a, b);
            const shift = (x: number, k: number) => x + 3.25 - k;
            if (translation) expect(Math.abs(distance(moved(a, shift), moved(b, shift)) - d)).toBeLessThan(rounding);
            const twice = (x: number) => 2 * x;
            if (degree !== undefined)
              expect(Math.abs(distance(moved(a, twice), moved(b, twice)) - 2 ** degree * d)).toBeLessThan(rounding);
          }),
          { seed: 13, numRuns: 30 },
        );
      });

      it('of Diracs is known, and tells measures apart', () => {
        fc.assert(
          fc.property(cloudArbitrary(p, fc.constant(1), false), cloudArbitrary(p, fc.constant(1), false), (x, y) => {
            const r = Math.hypot(...x.particles.map((value, k) => value - y.particles[k]!));
            if (diracs) expect(distance(x, y)).toBeCloseTo(diracs(r), 7);
            if (separates && r > 0) expect(distance(x, y)).toBeGreaterThan(1e-4);
          }),
          { seed: 14, numRuns: 30 },
        );
      });
    });
  },
);

describe('between distances', () => {
  it('law: W₁ ≤ W₂ ≤ W₃, sliced ≤ W, and a split atom changes nothing', () => {
    const cloud = cloudArbitrary(2, fc.integer({ min: 1, max: 8 }), true);
    fc.assert(
      fc.property(cloud, cloud, (a, b) => {
        const [w1, w2, w3] = [wasserstein1(a, b), wasserstein2(a, b), wasserstein(a, b, 3)];
        expect(w1).toBeLessThanOrEqual(w2 + 1e-12);
        expect(w2).toBeLessThanOrEqual(w3 + 1e-12);
        expect(slicedWasserstein(a, b, { rng: stream(1), directions: 8 }).distance).toBeLessThanOrEqual(w2 + 1e-12);
        const rows = Array.from({ length: a.count }, (_, i) => [...a.particles.subarray(2 * i, 2 * i + 2)]);
        const half = [...a.weights].map((w) => w / 2);
        const split = empiricalMeasure([...rows, ...rows], [...half, ...half]);
        expect(wasserstein2(split, b)).toBeCloseTo(w2, 9);
        expect(energyDistance(split, b)).toBeCloseTo(energyDistance(a, b), 6);
      }),
      { seed: 15, numRuns: 60 },
    );
  });

  it('law: W_p(x, x + v) = |v| for every p', () => {
    const order = fc.double({ min: 1, max: 6, noNaN: true });
    fc.assert(
      fc.property(cloudArbitrary(2, fc.integer({ min: 1, max: 7 }), true), order, (a, p) => {
        const b = moved(a, (x, k) => x + [3, -4][k]!);
        expect(wasserstein(a, b, p)).toBeCloseTo(5, 9);
      }),
      { seed: 16, numRuns: 40 },
    );
  });
});
