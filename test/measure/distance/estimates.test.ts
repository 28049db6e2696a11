import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../../src/base/special-functions.ts';
import {
  bootstrapInterval,
  type EmpiricalMeasure,
  empiricalMeasure,
  energyDistance,
  energyDistanceSquared,
  energyKernel,
  gaussianKernel,
  kolmogorovSmirnovInterval,
  maximumMeanDiscrepancySquared,
  maximumMeanDiscrepancySquaredInterval,
  permutationTest,
  sinkhornDivergence,
  slicedWasserstein,
  wasserstein1,
  wasserstein2Squared,
} from '../../../src/measure/index.ts';
import { normal } from '../../../src/random/normal.ts';
import { type Stream, stream } from '../../../src/random/stream.ts';
import { randomCloud } from '../clouds.ts';

const normals = (rng: Stream, n: number, mean = 0): EmpiricalMeasure =>
  empiricalMeasure(Float64Array.from({ length: n }, () => mean + normal(rng)));

describe('slicedWasserstein', () => {
  it('of a shift by v in R³ is |v|/√3 for order 2, within its own error', () => {
    const cloud = randomCloud(1, 50, 3, true);
    const shifted = empiricalMeasure(
      Array.from({ length: 50 }, (_, i) => [0, 1, 2].map((k) => cloud.particles[3 * i + k]! + [1, -2, 2][k]!)),
      cloud.weights,
    );
    // W₂ of the projections is |⟨θ, v⟩|, and E⟨θ, v⟩² = |v|²/p = 3; E⟨θ, v⟩⁴ = 3|v|⁴/(p(p + 2)) = 16.2.
    const { power, powerStandardError, distance, standardError, interval } = slicedWasserstein(cloud, shifted, {
      rng: stream(5),
      directions: 2000,
    });
    // Seeded; 5.5 standard errors would be a false-alarm probability of 4e-8.
    expect(Math.abs(power - 3)).toBeLessThan(5.5 * powerStandardError);
    // The standard deviation of ⟨θ, v⟩² is √7.2; its estimate errs by about 2 %.
    expect(powerStandardError / Math.sqrt(7.2 / 2000)).toBeCloseTo(1, 0.9);
    expect(distance).toBeCloseTo(Math.sqrt(power), 14);
    expect(standardError).toBeCloseTo(powerStandardError / (2 * distance), 14);
    expect(interval[0]).toBeLessThan(distance);
    expect(interval[1]).toBeGreaterThan(distance);
  });

  it('states an error that is right: estimates from different directions scatter by it', () => {
    const [a, b] = [randomCloud(2, 40, 2, false), randomCloud(3, 30, 2, true)];
    const runs = Array.from({ length: 300 }, (_, r) =>
      slicedWasserstein(a, b, { rng: stream(6).split(r), directions: 32, order: 1 }),
    );
    const mean = runs.reduce((sum, run) => sum + run.power, 0) / runs.length;
    const scatter = runs.reduce((sum, run) => sum + (run.power - mean) ** 2, 0) / (runs.length - 1);
    const stated = runs.reduce((sum, run) => sum + run.powerStandardError ** 2, 0) / runs.length;
    // Seeded; the relative error of a variance over 300 runs is √(2/299) = 8 %: 45 % is 5.5 of them.
    expect(Math.abs(scatter / stated - 1)).toBeLessThan(0.45);
  });

  it('on the line has no error', () => {
    const run = slicedWasserstein([0, 1, 5], [2, 2], { rng: stream(1), order: 1 });
    expect([run.distance, run.standardError]).toEqual([wasserstein1([0, 1, 5], [2, 2]), 0]);
  });
});

describe('sinkhornDivergence', () => {
  const [a, b] = [randomCloud(7, 60, 2, true), randomCloud(8, 50, 2, false)];

  it('goes from W₂² to the squared distance of means as ε grows, is symmetric, and 0 for equal measures', () => {
    const exact = wasserstein2Squared(a, b);
    const fine = sinkhornDivergence(a, b, { regularization: 1e-3, tolerance: 1e-4, maxIterations: 20_000 });
    expect(fine.converged).toBe(true);
    expect(Math.abs(fine.divergence / exact - 1)).toBeLessThan(0.05);
    const coarse = sinkhornDivergence(a, b, { regularization: 1e5, tolerance: 1e-12 });
    const means = [0, 1].map((k) =>
      [a, b].map((m) => m.weights.reduce((sum, w, i) => sum + w * m.particles[2 * i + k]!, 0)),
    );
    const squared = means.reduce((sum, [x, y]) => sum + (x! - y!) ** 2, 0);
    expect(coarse.divergence).toBeCloseTo(squared, 5);
    const one = sinkhornDivergence(a, b, { regularization: 0.05, tolerance: 1e-10 }).divergence;
    expect(sinkhornDivergence(b, a, { regularization: 0.05, tolerance: 1e-10 }).divergence).toBeCloseTo(one, 9);
    expect(sinkhornDivergence(a, a, { regularization: 0.05, tolerance: 1e-10 }).divergence).toBeCloseTo(0, 9);
  });

  it('needs a fifth of the iterations that plain updates take, for the same divergence', () => {
    const cloud = (side: number) =>
      empiricalMeasure(
        Array.from({ length: 60 }, (_, i) => {
          const rng = stream(7).split(side, i);
          return [normal(rng) + side, normal(rng)];
        }),
      );
    const result = sinkhornDivergence(cloud(0), cloud(1), { regularization: 0.1, tolerance: 1e-9 });
    expect(result.converged).toBe(true);
    // Plain alternating updates: 717 iterations to 1.34381696209088638, marginals to 1e-9.
    expect(result.divergence).toBeCloseTo(1.343816962090886, 12);
    expect(result.iterations).toBeLessThan(150);
  });

  it('of order 1 tends to half a squared energy distance as ε grows', () => {
    const { divergence } = sinkhornDivergence(a, b, { order: 1, regularization: 1e4, tolerance: 1e-12 });
    expect(divergence).toBeCloseTo(energyDistanceSquared(a, b) / 2, 5);
  });

  it('does not underflow at an ε a millionth of the costs, and says when it did not converge', () => {
    const far = empiricalMeasure(Array.from({ length: 20 }, (_, i) => [1000 + i, 0]));
    const near = empiricalMeasure(Array.from({ length: 20 }, (_, i) => [i, 0]));
    const result = sinkhornDivergence(near, far, { regularization: 1, tolerance: 1e-9, maxIterations: 2 });
    expect(Number.isFinite(result.divergence)).toBe(true);
    expect([result.converged, result.marginalError > 1e-9]).toEqual([false, true]);
    // A shift costs its square at every ε, since the debiasing terms take out the blur.
    const solved = sinkhornDivergence(near, far, { regularization: 1, tolerance: 1e-9, maxIterations: 1e5 });
    expect(solved.divergence / 1e6).toBeCloseTo(1, 6);
  });

  it('ignores atoms of weight 0', () => {
    const padded = empiricalMeasure(
      [
        [0, 0],
        [1, 1],
        [9, 9],
      ],
      [1, 2, 0],
    );
    const bare = empiricalMeasure(
      [
        [0, 0],
        [1, 1],
      ],
      [1, 2],
    );
    const options = { regularization: 0.1, tolerance: 1e-10 };
    expect(sinkhornDivergence(padded, b, options).divergence).toBeCloseTo(
      sinkhornDivergence(bare, b, options).divergence,
      9,
    );
  });
});

describe('maximum mean discrepancy', () => {
  it('with the energy kernel is the squared energy distance', () => {
    const [a, b] = [randomCloud(9, 30, 3, true), randomCloud(10, 20, 3, true)];
    const squared = maximumMeanDiscrepancySquared(a, b, { kernel: energyKernel() });
    expect(squared).toBeCloseTo(energyDistance(a, b) ** 2, 12);
  });

  it('unbiased is unbiased, and its interval covers as often as it says', () => {
    // N(0, 1) and N(1, 1), Gaussian kernel of bandwidth h = 1: E k(X, Y) = exp(−δ²/(2(h² + 2)))/√(1 + 2/h²), so
    // MMD² = 2(1 − e^(−1/6))/√3.
    const exact = (2 * (1 - Math.exp(-1 / 6))) / Math.sqrt(3);
    const runs = Array.from({ length: 400 }, (_, r) => {
      const rng = stream(61).split(r);
      return maximumMeanDiscrepancySquaredInterval(normals(rng, 60), normals(rng, 40, 1), {
        kernel: gaussianKernel(1),
      });
    });
    const mean = runs.reduce((sum, run) => sum + run.estimate, 0) / 400;
    const deviation = Math.sqrt(runs.reduce((sum, run) => sum + (run.estimate - mean) ** 2, 0) / 399);
    // Seeded; 5.5 standard errors would be a false-alarm probability of 4e-8.
    expect(Math.abs(mean - exact)).toBeLessThan((5.5 * deviation) / 20);
    // The variance that the intervals state, against the scatter of the estimates: 7 % standard error (400 runs), and a
    // bias of 1/n. Seeded.
    const stated = runs.reduce((sum, run) => sum + ((run.upper - run.lower) / 2 / 1.959964) ** 2, 0) / 400;
    expect(Math.abs(stated / deviation ** 2 - 1)).toBeLessThan(0.22);
    const covered = runs.filter((run) => run.lower <= exact && exact <= run.upper).length / 400;
    // Nominal 95 %; binomial standard error 1.1 %, and the normal approximation costs a per cent or two at these sizes.
    expect(covered).toBeGreaterThan(0.88);
    expect(covered).toBeLessThan(0.995);
  });
});

describe('two-sample intervals and tests', () => {
  it('the bootstrap interval of W₁ covers away from equal laws', () => {
    // W₁(N(0, 1), N(2, 1)) = 2.
    const covered = Array.from({ length: 100 }, (_, r) => {
      const rng = stream(71).split(r);
      const run = bootstrapInterval(normals(rng, 80), normals(rng, 80, 2), wasserstein1, { rng, replicates: 80 });
      return run.lower <= 2 && 2 <= run.upper;
    }).filter(Boolean).length;
    // Nominal 95 of 100; with 4 % undercoverage at this size, 72 is 6.6 binomial standard deviations off (1e-8). Seeded.
    expect(covered).toBeGreaterThan(72);
  });

  it('the permutation test has its level under equal laws, and power under others', () => {
    const rejected = (shift: number) =>
      Array.from({ length: 300 }, (_, r) => {
        const rng = stream(81).split(r);
        return (
          permutationTest(normals(rng, 15), normals(rng, 15, shift), energyDistance, { rng, permutations: 39 })
            .pValue <= 0.1
        );
      }).filter(Boolean).length / 300;
    // Exact level 0.1, standard error 1.7 %: 9.5 % is 5.5 of them. Seeded.
    expect(Math.abs(rejected(0) - 0.1)).toBeLessThan(0.095);
    expect(rejected(1.5)).toBeGreaterThan(0.9);
  });

  it('the Kolmogorov–Smirnov interval holds the exact distance of the laws', () => {
    const exact = normalCdf(0.5) - normalCdf(-0.5); // sup |Φ(x) − Φ(x − 1)|, at x = 1/2
    for (let r = 0; r < 50; r++) {
      const rng = stream(91).split(r);
      // Guaranteed at every size: it fails with probability at most 1e-6 a run.
      const run = kolmogorovSmirnovInterval(normals(rng, 200), normals(rng, 300, 1), 1 - 1e-6);
      expect(run.lower).toBeLessThanOrEqual(exact);
      expect(run.upper).toBeGreaterThanOrEqual(exact);
    }
  });
});
