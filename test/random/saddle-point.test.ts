import { describe, expect, it } from 'vitest';
import { binomialLogProbability, poissonLogProbability } from '../../src/random/saddle-point.ts';

// Python: mpmath with 60 digits at the double arguments, rounded to the nearest double. log-probabilities of a few units
// must hold to 1e-14 even where the terms of the plain formula are 10¹⁶.
const tolerance = (exact: number) => 1e-14 * Math.max(1, Math.abs(exact));

describe('poissonLogProbability', () => {
  it.each([
    [0, 3.5, -3.5],
    [1, 10.0, -7.697414907005954],
    [15, 12.5, -2.51334171921706],
    [16, 12.5, -2.7602017971485857],
    [3, 100.0, -87.97624891126378],
    [1000000, 1000000.0, -7.826693895520143],
    [1003000, 1000000.0, -12.323698387635039],
    [1000003000000, 1000000000000.0, -19.23444609117353],
    [1000000000000000, 1000000000000000.5, -18.188326730660016],
    [2000, 10.0, -8611.354164525716],
  ])('k = %d, mean %d', (k, mean, exact) =>
    expect(Math.abs(poissonLogProbability(k, mean) - exact)).toBeLessThan(tolerance(exact)),
  );
});

describe('binomialLogProbability', () => {
  it.each([
    [0, 30, 0.4, -15.324768712979722],
    [30, 30, 0.4, -27.48872195622465],
    [10, 30, 0.3333333333333333, -1.8772177338432205],
    [1, 1000, 0.02, -17.186772336647937],
    [500, 1000, 0.5, -3.6799189920941293],
    [300000, 1000000, 0.3, -7.046370251546539],
    [301500, 1000000, 0.3, -12.399849069149743],
    [100000000000, 1000000000000, 0.1, -13.530476286843854],
    [17, 1000000000000000, 2e-14, -2.577624799719038],
  ])('k = %d, n = %d, p = %d', (k, n, p, exact) =>
    expect(Math.abs(binomialLogProbability(k, n, p) - exact)).toBeLessThan(tolerance(exact)),
  );
});
