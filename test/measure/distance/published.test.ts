import { describe, expect, it } from 'vitest';
import {
  assignmentPlan,
  covarianceOf,
  empiricalMeasure,
  energyDistance,
  energyDistanceSquared,
  gaussianKernel,
  gaussianWasserstein2,
  gaussianWasserstein2Squared,
  kolmogorovSmirnovTest,
  type MeasureLike,
  maximumMeanDiscrepancySquared,
  meanOf,
  sinkhornDivergence,
  transportPlan,
  wasserstein1,
  wasserstein1D,
  wasserstein1DPower,
  wasserstein2,
  wasserstein2Squared,
  wassersteinPower,
} from '../../../src/measure/index.ts';
import { cyclicWeights, randomCloud, sineCloud } from '../clouds.ts';

// scipy 1.17 throughout, by hand, unless a test says otherwise. Clouds: `sineCloud`; weights: `cyclicWeights`.
const a = empiricalMeasure(sineCloud(12, 2, 1), cyclicWeights(12, 3));
const b = empiricalMeasure(sineCloud(9, 2, 0.7), cyclicWeights(9, 2));
const x = empiricalMeasure(sineCloud(12, 1, 1), cyclicWeights(12, 3));
const y = empiricalMeasure(sineCloud(9, 1, 0.7), cyclicWeights(9, 2));
const plain = (m: { points: unknown }) => m.points as MeasureLike;

describe("scipy's published cases", () => {
  it.each<[string, MeasureLike, MeasureLike, number]>([
    ['[0,1] and [0]', [0, 1], [0], 0.5],
    ['weights (3,1)', empiricalMeasure([0, 1], [3, 1]), [0], 0.25],
    ['a shift', [0, 1, 2], [1, 2, 3], 1],
    ['a permutation', [1, 2, 3], [2, 1, 3], 0],
    ['weights on both', empiricalMeasure([4.5, 6.7, 2.1], [3, 1, 1]), empiricalMeasure([4.6, 7, 9.2], [1, 3, 1]), 2.5],
    ['unsorted', empiricalMeasure([5, 0, 1], [1, 2, 4]), empiricalMeasure([0, 4, 3], [1, 2, 4]), 1.857142857142857],
  ])('wasserstein1 of %s', (_, first, second, expected) => {
    expect(wasserstein1(first, second)).toBeCloseTo(expected, 14);
    expect(wasserstein1D(first, second)).toBeCloseTo(expected, 14);
    expect(transportPlan(first, second, 1).cost).toBeCloseTo(expected, 14);
  });

  it('energyDistance', () => {
    expect(energyDistance([0, 1], [0])).toBeCloseTo(Math.SQRT1_2, 14);
    expect(energyDistance([0, 1, 2], [1, 2, 3])).toBeCloseTo(0.816496580927726, 14);
  });
});

describe('weighted clouds against scipy', () => {
  it('optimal transport: linprog (HiGHS) on the 108 variables of the plan', () => {
    expect(wassersteinPower(a, b, 1)).toBeCloseTo(0.6883148724314143, 12);
    expect(wassersteinPower(a, b, 2)).toBeCloseTo(0.6576737012639609, 12);
    expect(wassersteinPower(a, b, 3)).toBeCloseTo(0.6763287776163919, 12);
  });

  it('on the line: wasserstein_distance, and linprog for orders 2 and 3', () => {
    expect(wasserstein1(x, y)).toBeCloseTo(0.2584880640938023, 14);
    expect(wasserstein1(plain(x), plain(y))).toBeCloseTo(0.2639111391407875, 14);
    expect(wasserstein1DPower(x, y, 2)).toBeCloseTo(0.12731857193574275, 13);
    expect(wasserstein1DPower(x, y, 3)).toBeCloseTo(0.07800371122790532, 13);
    expect(wasserstein1D(x, y, 3) ** 3).toBeCloseTo(0.07800371122790532, 13);
  });

  it('assignment of 60 points in R³: linear_sum_assignment', () => {
    expect(assignmentPlan(sineCloud(60, 3, 1), sineCloud(60, 3, 0.7), 1).cost).toBeCloseTo(21.06410062640032, 11);
    expect(assignmentPlan(sineCloud(60, 3, 1), sineCloud(60, 3, 0.7), 2).cost).toBeCloseTo(11.751127457357232, 11);
  });

  it('energy distance: energy_distance on the line, numpy sums in the plane', () => {
    expect(energyDistance(x, y)).toBeCloseTo(0.30944725008680507, 13);
    expect(energyDistance(plain(x), plain(y))).toBeCloseTo(0.31315105811204313, 13);
    expect(energyDistanceSquared(a, b)).toBeCloseTo(0.2450991301839207, 13);
  });

  it('maximum mean discrepancy with a Gaussian kernel of bandwidth 1/2: numpy sums', () => {
    const kernel = gaussianKernel(0.5);
    expect(maximumMeanDiscrepancySquared(a, b, { kernel })).toBeCloseTo(0.11936459857229553, 14);
    const unbiased = maximumMeanDiscrepancySquared(plain(a), plain(b), { kernel, estimator: 'unbiased' });
    expect(unbiased).toBeCloseTo(-0.08756457344055169, 14);
  });

  it('Kolmogorov–Smirnov: ks_2samp, and kstwobign for the p-value', () => {
    const { statistic, pValue } = kolmogorovSmirnovTest(plain(x), plain(y));
    expect(statistic).toBeCloseTo(0.2777777777777778, 15);
    expect(pValue).toBeCloseTo(0.822335333649151, 12);
  });

  it.each([
    [1, 1.4472814325925039, 0.3756908578563034],
    [0.1, 0.7945106336689989, 0.6158709948360996],
    [0.01, 0.6734022193297702, 0.6538861351325708],
  ])('Sinkhorn at ε = %d: logsumexp iterations to 1e-15', (regularization, cost, divergence) => {
    const result = sinkhornDivergence(a, b, { regularization, tolerance: 1e-9, maxIterations: 100_000 });
    expect(result.converged).toBe(true);
    expect(result.cost).toBeCloseTo(cost, 9);
    expect(result.divergence).toBeCloseTo(divergence, 9);
  });
});

describe('Gaussians', () => {
  it('on the line: W₂(N(0,1), N(10,1)) = 10 and W₂²(N(0,1), N(1,4)) = 2', () => {
    expect(gaussianWasserstein2([0], [[1]], [10], [[1]])).toBe(10);
    expect(gaussianWasserstein2Squared([0], [[1]], [1], [[4]])).toBe(2);
  });

  it('in the plane: scipy.linalg.sqrtm', () => {
    const c1 = [
      [2, 0.5],
      [0.5, 1],
    ];
    const c2 = [
      [1, -0.3],
      [-0.3, 3],
    ];
    expect(gaussianWasserstein2Squared([0, 0], c1, [1, -2], c2)).toBeCloseTo(5.929311854967777, 12);
    expect(gaussianWasserstein2Squared([1, -2], c2, [0, 0], c1)).toBeCloseTo(5.929311854967777, 12);
    // Singular: a point and a segment. W₂² = |m|² + tr C.
    expect(
      gaussianWasserstein2Squared(
        [0, 0],
        [
          [0, 0],
          [0, 0],
        ],
        [3, 4],
        [
          [1, 1],
          [1, 1],
        ],
      ),
    ).toBeCloseTo(27, 12);
    expect(() =>
      gaussianWasserstein2(
        [0, 0],
        [
          [1, 2],
          [2, 1],
        ],
        [0, 0],
        c1,
      ),
    ).toThrow('positive semidefinite');
    expect(() =>
      gaussianWasserstein2(
        [0, 0],
        [
          [1, 2],
          [1, 9],
        ],
        [0, 0],
        c1,
      ),
    ).toThrow('to be symmetric');
  });

  it('equals W₂ of a cloud and its image under x ↦ Ax + v with A positive definite, with their own moments (Brenier)', () => {
    const cloud = randomCloud(21, 300, 2, false);
    const A = [
      [1.5, 0.4],
      [0.4, 0.6],
    ];
    const image = empiricalMeasure(
      Array.from({ length: 300 }, (_, i) => {
        const [u, v] = [cloud.particles[2 * i]!, cloud.particles[2 * i + 1]!];
        return [A[0]![0]! * u + A[0]![1]! * v + 1, A[1]![0]! * u + A[1]![1]! * v - 2];
      }),
    );
    const exact = gaussianWasserstein2Squared(meanOf(cloud), covarianceOf(cloud), meanOf(image), covarianceOf(image));
    expect(wasserstein2Squared(cloud, image)).toBeCloseTo(exact, 11);
    expect(wasserstein2(cloud, image)).toBeCloseTo(Math.sqrt(exact), 11);
  });
});

describe('errors', () => {
  it.each([
    ['empty input', () => wasserstein1([], [1]), 'first must be at least one point'],
    ['different dimensions', () => wasserstein2([[1, 2]], [[1]]), 'second.dimension must be 2'],
    ['order below 1', () => wasserstein1D([1], [2], 0.5), 'order must be'],
    ['NaN order', () => wassersteinPower([1], [2], Number.NaN), 'order must be'],
    ['a plane for a distance of the line', () => wasserstein1D([[1, 2]], [[1, 2]]), 'first.dimension must be 1'],
    ['infinite points', () => energyDistance([1, Number.POSITIVE_INFINITY], [1]), 'first[1] must be a finite number'],
    ['assignment of unequal sizes', () => assignmentPlan([1, 2], [1]), 'second.count must be 2'],
    ['assignment with weights', () => assignmentPlan(x, x), 'first.weights must be equal'],
    ['a sample with weights', () => kolmogorovSmirnovTest(x, y), 'first.weights must be equal'],
    [
      'one atom for an unbiased estimate',
      () => maximumMeanDiscrepancySquared([1], [1, 2], { estimator: 'unbiased' }),
      'first.count must be at least 2',
    ],
    ['ε of 0', () => sinkhornDivergence(a, b, { regularization: 0 }), 'regularization must be'],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
