import { describe, expect, it } from 'vitest';
import {
  biases,
  bootstrap,
  errorEstimates,
  fitPowerLaw,
  fitTwoTerms,
  fluctuations,
  localSlopes,
  type PowerLaw,
} from '../../src/convergence/index.ts';
import { devianceAt } from '../../src/convergence/likelihood-fit.ts';
import { normal, type Stream, stream } from '../../src/random/index.ts';
import { expectRelative } from '../base/relative.ts';

const SIZES = [64, 128, 256, 512];
const ERRORS = [0.13, 0.085, 0.066, 0.041];
const COVARIANCE = [0.004, 0.003, 0.003, 0.002].flatMap((s, i) => ERRORS.map((_, j) => 1e-6 + (i === j ? s * s : 0)));
const ESTIMATES = errorEstimates({ values: ERRORS, covariance: COVARIANCE });

function fitted(fit: ReturnType<typeof fitPowerLaw>): PowerLaw {
  if (!fit.fitted) throw new Error(fit.reason);
  return fit;
}

describe('fitPowerLaw', () => {
  it('is generalized least squares on the log scale', () => {
    // numpy: X = [1, log n], y = log e + var/(2e²), cov/(e eᵀ)
    const fit = fitted(fitPowerLaw(SIZES, ESTIMATES));
    expectRelative(fit.exponent.value, -0.5344110226602129, 1e-12);
    expectRelative(fit.exponent.standardError, 0.026557539384677382, 1e-12);
    expectRelative(fit.logPrefactor.value, 0.17289898208878496, 1e-12);
    expectRelative(fit.logPrefactor.standardError, 0.12912885257135315, 1e-12);
    expectRelative(fit.interval[1] - fit.interval[0], 2 * 1.959963984540054 * 0.026557539384677382, 1e-12);
    expectRelative(fit.weights[3]!, 0.35503510619175516, 1e-12);
    expectRelative(fit.curvature!.chiSquare, 4.714450853232192, 1e-11);
    expectRelative(fit.curvature!.lackOfFitPValue, 0.09468256280643851, 1e-11);
    expectRelative(fit.curvature!.coefficient, -0.0022060509887043, 1e-9);
    expectRelative(fit.curvature!.pValue, 0.9570591003921457, 1e-11);
  });

  it('recovers an exact power law, by either method, whatever the order of the sizes', () => {
    const sizes = [512, 64, 4096];
    const values = sizes.map((n) => (0.7 * n ** -0.75) ** 2);
    const exact = fitted(fitPowerLaw(sizes, errorEstimates({ values, standardErrors: [0, 0, 0], power: 2 })));
    expectRelative(exact.exponent.value, -0.75, 1e-12);
    expectRelative(exact.prefactor, 0.7, 1e-11);
    const noisy = errorEstimates({ values, standardErrors: values.map((v) => 0.001 * v), power: 2 });
    const likelihood = fitted(fitPowerLaw(sizes, noisy, { method: 'likelihood' }));
    expect(Math.abs(likelihood.exponent.value + 0.75)).toBeLessThan(1e-4);
    expectRelative(likelihood.prefactor, 0.7, 1e-3);
    // both intervals describe the same information
    const log = fitted(fitPowerLaw(sizes, noisy));
    expectRelative(likelihood.interval[1] - likelihood.interval[0], log.interval[1] - log.interval[0], 0.02);
  });

  it('refuses errors that are not distinguishable from 0, and says what it would take', () => {
    const estimates = errorEstimates({ values: [1e-2, 3e-3, 2e-4], standardErrors: [1e-4, 1e-4, 1e-4], power: 2 });
    const fit = fitPowerLaw([10, 20, 40], estimates);
    if (fit.fitted) throw new Error('fitted');
    expect(fit.atFloor).toEqual([2]);
    expectRelative(fit.factor, 4.84, 1e-12);
    expect(fit.reason).toBe(
      'not distinguishable from 0 at 4 standard errors: the squared error at size 40 is 0.0002 ± 0.0001',
    );
    const negative = errorEstimates({ values: [1, -1], standardErrors: [0.1, 0.1], power: 2 });
    expect(fitPowerLaw([1, 2], negative)).toMatchObject({ fitted: false, factor: Infinity });
  });

  it('by likelihood takes them in, with an interval that is open where the data leave it open', () => {
    const estimates = errorEstimates({ values: [1e-2, -3e-4], standardErrors: [1e-4, 2e-4], power: 2 });
    const fit = fitted(fitPowerLaw([10, 40], estimates, { method: 'likelihood' }));
    expect(fit.interval[0]).toBe(-Infinity);
    expect(fit.interval[1]).toBeLessThan(-1); // a squared error of at most about 2e-4 at 40
    const noise = errorEstimates({ values: [1e-4, -1e-4], standardErrors: [1, 1], power: 2 });
    expect(fitPowerLaw([10, 40], noise, { method: 'likelihood' })).toMatchObject({ fitted: false });
  });

  it('widens the interval by the reference’s own bias', () => {
    const plain = fitted(fitPowerLaw(SIZES, ESTIMATES));
    const wide = fitted(fitPowerLaw(SIZES, ESTIMATES, { referenceBias: 0.001 }));
    expect(wide.exponent.systematic).toBeGreaterThan(0.01);
    expectRelative(wide.interval[1] - plain.interval[1], wide.exponent.systematic!, 1e-9);
  });

  it('sees curvature', () => {
    const values = SIZES.map((n) => n ** -0.5 + 8 / n);
    const estimates = errorEstimates({ values, standardErrors: values.map((v) => 0.003 * v) });
    const { curvature } = fitted(fitPowerLaw(SIZES, estimates));
    expect(curvature!.coefficient).toBeGreaterThan(0);
    expect(curvature!.pValue).toBeLessThan(1e-6);
    expect(curvature!.lackOfFitPValue).toBeLessThan(1e-6);
  });

  it('adds up degrees of freedom by Satterthwaite’s rule', () => {
    const estimates = errorEstimates({ values: [1, 0.5], standardErrors: [0.1, 0.05], degrees: [5, 5] });
    const fit = fitted(fitPowerLaw([10, 100], estimates));
    expectRelative(fit.exponent.degrees, 10, 1e-12); // equal relative errors: (v + v)²/(v²/5 + v²/5)
    expectRelative(fit.interval[1] - fit.exponent.value, 2.228138851986275 * fit.exponent.standardError, 1e-9); // t(0.975, 10)
  });

  it('has a likelihood that is a probability density at every error', () => {
    // ∫ exp(-deviance/2) dQ = sqrt(2π) for Q = ‖D̂‖², D̂ normal in 5 dimensions with unit covariance; the power transform is
    // an approximation, good to a few per mille.
    for (const error of [0.01, 1, 3, 10]) {
      let integral = 0;
      const step = 0.01;
      for (let q = step / 2; q < 400; q += step) {
        const estimates = {
          ...errorEstimates({ values: [q - 5], standardErrors: [1], power: 2 }),
          model: {
            trace: Float64Array.of(5),
            directional: Float64Array.of(1),
            constant: Float64Array.of(10),
            skewDirectional: Float64Array.of(1),
            skewConstant: Float64Array.of(40),
          },
        };
        integral += Math.exp(-devianceAt(Float64Array.of(error), estimates) / 2) * step;
      }
      expectRelative(integral, Math.sqrt(2 * Math.PI), 0.01, `error ${error}`);
    }
  });

  it('names what is wrong', () => {
    expect(() => fitPowerLaw([1, 2], ESTIMATES)).toThrow(/sizes.length must be 4/);
    expect(() => fitPowerLaw([1, 2, 2, 3], ESTIMATES)).toThrow(/all different/);
    expect(() => fitPowerLaw([0, 1, 2, 3], ESTIMATES)).toThrow(/sizes\[0\]/);
    expect(() => fitPowerLaw([64], errorEstimates({ values: [1], standardErrors: [0.1] }))).toThrow(/at least 2/);
  });
});

describe('localSlopes', () => {
  it('gives each slope with its error, shared noise included', () => {
    const slopes = localSlopes(SIZES, ESTIMATES);
    expect(slopes).toHaveLength(3);
    expectRelative(
      slopes[0]!.value,
      (Math.log(0.085 / 0.13) + 1e-5 / (2 * 0.085 ** 2) - 1.7e-5 / (2 * 0.13 ** 2)) / Math.LN2,
      1e-12,
    );
    const variance = 1.7e-5 / 0.13 ** 2 + 1e-5 / 0.085 ** 2 - 2e-6 / (0.13 * 0.085);
    expectRelative(slopes[0]!.standardError, Math.sqrt(variance) / Math.LN2, 1e-12);
    expect(localSlopes([1, 2], errorEstimates({ values: [1, 0.1], standardErrors: [0.1, 0.1] }))).toEqual([undefined]);
  });
});

describe('fitTwoTerms', () => {
  it('is linear generalized least squares', () => {
    // numpy, columns n^-0.5 and n^-1
    const fit = fitTwoTerms(SIZES, ESTIMATES, [-0.5, -1]);
    if (!fit.fitted) throw new Error(fit.reason);
    expectRelative(fit.coefficients[0].value, 0.9156069978470691, 1e-11);
    expectRelative(fit.coefficients[1].value, 0.9249100245622355, 1e-11);
    expectRelative(fit.coefficients[1].standardError, 0.647305959570796, 1e-11);
    expectRelative(fit.covariance, -0.03958526384877186, 1e-11);
    expectRelative(fit.lackOfFit!.chiSquare, 4.544826639043943, 1e-10);
    expectRelative(fit.crossover, (0.9249100245622355 / 0.9156069978470691) ** 2, 1e-10);
    expect(fit.rules[3]).toBe(0);
  });

  it('says which term rules', () => {
    const sizes = [4, 16, 64, 256, 1024, 4096];
    const values = sizes.map((n) => (0.5 * n ** -0.5) ** 2 + (8 / n) ** 2);
    const estimates = errorEstimates({ values, standardErrors: values.map((v) => 0.01 * v), power: 2 });
    const fit = fitTwoTerms(sizes, estimates, [-0.5, -1], { combine: 'squares' });
    if (!fit.fitted) throw new Error(fit.reason);
    expectRelative(fit.coefficients[0].value, 0.25, 1e-9);
    expectRelative(fit.coefficients[1].value, 64, 1e-9);
    expectRelative(fit.crossover, 256, 1e-9);
    expect(fit.rules).toEqual([1, 1, 1, undefined, 0, 0]);
  });
});

describe('bootstrap', () => {
  const SIZE = [16, 64];
  const draw = (rng: Stream, R = 60) => SIZE.map((n) => Array.from({ length: R }, () => [normal(rng) / Math.sqrt(n)]));
  const exponent = (groups: readonly Float64Array[][]) => {
    const fit = fitPowerLaw(SIZE, fluctuations(groups as number[][][] & Float64Array[][]));
    return fit.fitted ? fit.exponent.value : Number.NaN;
  };

  it('agrees with the analytic standard error', () => {
    const groups = draw(stream(3));
    const fit = fitted(fitPowerLaw(SIZE, fluctuations(groups)));
    for (const method of ['bca', 'basic', 'percentile'] as const) {
      const result = bootstrap(groups, exponent, { rng: stream(4), method, resamples: 600 });
      expectRelative(result.value, fit.exponent.value, 1e-12);
      expectRelative(result.standardError, fit.exponent.standardError, 0.25);
      expectRelative(result.interval[1] - result.interval[0], fit.interval[1] - fit.interval[0], 0.3);
    }
  });

  it('resamples a shared reference jointly', () => {
    // The reference's noise is common to both sizes, so the difference of the two biases does not feel it.
    const rng = stream(5);
    const groups = [
      ...SIZE.map(() => Array.from({ length: 40 }, () => [1 + 0.01 * normal(rng)])),
      Array.from({ length: 40 }, () => [normal(rng)]),
    ];
    const mean = (rows: readonly Float64Array[]) => rows.reduce((s, row) => s + row[0]!, 0) / rows.length;
    const result = bootstrap(groups, ([a, b, ref]) => mean(a!) - mean(ref!) - (mean(b!) - mean(ref!)), {
      rng: stream(6),
      resamples: 400,
    });
    expect(result.standardError).toBeLessThan(0.004);
    const alone = bootstrap(groups, ([a, , ref]) => mean(a!) - mean(ref!), { rng: stream(6), resamples: 400 });
    expect(alone.standardError).toBeGreaterThan(0.1);
  });
});

describe('intervals keep their coverage', () => {
  // Fixed seeds, so deterministic. At 95 % a binomial count below 267 of 300, or below 128 of 150, has probability 2e-5 and
  // 1e-6; one above 298, or of all 150, 3e-6 and 5e-4 (intervals that always cover are wrong too).
  // The full calibration, with more laws and methods, is bench/calibration.ts.
  const sizes = [64, 128, 256, 512];

  it('for a fluctuation of few, correlated components', () => {
    let hits = 0;
    for (let s = 0; s < 300; s++) {
      const rng = stream(21).split('study', s);
      const samples = sizes.map((n) =>
        Array.from({ length: 25 }, () => {
          const common = normal(rng);
          return [0, 1, 2].map((j) => (common + (1 + j) * normal(rng)) / Math.sqrt(n));
        }),
      );
      const [low, high] = fitted(fitPowerLaw(sizes, fluctuations(samples))).interval;
      if (low <= -0.5 && -0.5 <= high) hits++;
    }
    expect(hits).toBeGreaterThanOrEqual(267);
    expect(hits).toBeLessThanOrEqual(298);
  });

  it('for a bias far above the noise, where likelihood and logarithm agree', () => {
    let hits = 0;
    for (let s = 0; s < 60; s++) {
      const rng = stream(23).split('study', s);
      const samples = sizes.map((n) =>
        Array.from({ length: 60 }, () => [1, -0.5, 0.3].map((d) => (40 * d) / n + normal(rng) / Math.sqrt(n))),
      );
      const reference = Array.from({ length: 50 }, () => [0, 0, 0].map(() => 0.02 * normal(rng)));
      const estimates = biases(samples, reference);
      const likelihood = fitted(fitPowerLaw(sizes, estimates));
      const log = fitted(fitPowerLaw(sizes, estimates, { method: 'log' }));
      expect(Math.abs(likelihood.exponent.value - log.exponent.value)).toBeLessThan(0.5 * log.exponent.standardError);
      expectRelative(likelihood.interval[1] - likelihood.interval[0], log.interval[1] - log.interval[0], 0.2);
      if (likelihood.interval[0] <= -1 && -1 <= likelihood.interval[1]) hits++;
    }
    // P(below 46 of 60) is 6e-8 at 95 %
    expect(hits).toBeGreaterThanOrEqual(46);
  });

  it('for a bias that sinks into the noise, against a noisy reference', () => {
    let hits = 0;
    for (let s = 0; s < 150; s++) {
      const rng = stream(22).split('study', s);
      const samples = sizes.map((n) =>
        Array.from({ length: 60 }, () => [1, -0.5, 0.3, 0.8].map((d) => (10 * d) / n + normal(rng) / Math.sqrt(n))),
      );
      const reference = Array.from({ length: 50 }, () => [0, 0, 0, 0].map(() => 0.02 * normal(rng)));
      const fit = fitPowerLaw(sizes, biases(samples, reference));
      if (fit.fitted && fit.interval[0] <= -1 && -1 <= fit.interval[1]) hits++;
    }
    expect(hits).toBeGreaterThanOrEqual(128);
    expect(hits).toBeLessThanOrEqual(149);
  });
});
