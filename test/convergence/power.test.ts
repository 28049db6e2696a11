import { describe, expect, it } from 'vitest';
import {
  biases,
  constantClaimPower,
  decideClaim,
  fitPowerLaw,
  fluctuations,
  rateClaim,
  rateClaimPower,
  type Verdict,
} from '../../src/convergence/index.ts';
import { proportionInterval } from '../../src/convergence/power/proportion.ts';
import { simulateEstimates } from '../../src/convergence/power/simulate-estimates.ts';
import { normal, type Stream, stream } from '../../src/random/index.ts';
import { expectRelative } from '../base/relative.ts';

const SIZES = [64, 256, 1024];

function replicates(rng: Stream, count: number, size: number, exponent: number): Float64Array[] {
  const scale = 0.1 * (size / 256) ** exponent;
  return Array.from({ length: count }, () => Float64Array.from([1, 1.3, 0.7], (s) => s * scale * normal(rng)));
}

describe('rateClaimPower', () => {
  it('foretells the verdicts on real data with a wrong exponent', async () => {
    const claim = { predicted: -0.5, margin: 0.05, falseAlarm: 0.01 };
    const draw = (rng: Stream, exponent: number) =>
      fluctuations(SIZES.map((size) => replicates(rng, 400, size, exponent)));
    const options = { ...claim, rng: stream(2), runs: 1000, step: 0.01, power: 0.5 };
    const { failed, notHeld, simulated } = rateClaimPower(SIZES, draw(stream(1), -0.5), options);
    const at = (of: number) => simulated.find(({ exponent }) => Math.abs(exponent - of) < 1e-9)!;
    for (const side of [1, -1]) {
      const { exponent } = (side > 0 ? failed.above : failed.below)!;
      expect(side * (exponent + 0.5)).toBeGreaterThan(claim.margin);
      // One step nearer it is caught less often.
      expect(at(exponent - side * 0.01).fails).toBeLessThan(500);
    }
    // Brute force: 300 fresh studies where about half fail, on either side, or hold, and a shift of the exponent by 0.01 moves a quarter.
    // The counts have a standard error of 0.033, and the noise that power was simulated from was measured to 3 %, which moves them by
    // 0.03: 0.045 together, of which 0.2 is exceeded with probability 1e-5.
    for (const { exponent } of [failed.above!, failed.below!, notHeld.above!]) {
      const expected = at(exponent);
      const seen: Record<Verdict, number> = { holds: 0, fails: 0, undecided: 0 };
      for (let s = 0; s < 300; s++) {
        const fit = fitPowerLaw(SIZES, draw(stream(100 + s), exponent), { confidence: 0.99 });
        seen[rateClaim({ ...claim, claim: '', fit }).verdict]++;
      }
      for (const verdict of ['holds', 'fails', 'undecided'] as const)
        expect(Math.abs(seen[verdict] / 300 - expected[verdict] / 1000), `${verdict} at ${exponent}`).toBeLessThan(0.2);
    }
  });

  it('looks to one side for a one-sided claim, and takes estimates of a bias', () => {
    const rng = stream(3);
    const samples = SIZES.map((size) =>
      replicates(rng, 40, size, -0.5).map((row) => row.map((v, j) => v + (12 * (j - 0.5)) / size)),
    );
    const estimates = biases(samples, [0, 0, 0]);
    const claim = { predicted: -1, margin: 0.25, relation: 'atMost' as const, rng: stream(4), runs: 20, step: 0.25 };
    const power = rateClaimPower(SIZES, estimates, claim);
    expect(power.failed.below).toBeUndefined();
    expect(power.notHeld.above!.exponent).toBeGreaterThan(-1);
    expect(power.notHeld.above!.exponent).toBeLessThanOrEqual(power.failed.above!.exponent);
    expect(power.confirms.probability).toBeGreaterThan(0.2);
  });
});

describe('simulated estimates have the mean and the variance of measured ones', () => {
  const samples = SIZES.map((size) => replicates(stream(8).split(size), 200, size, -0.5));

  // 4000 draws: 5 standard errors of a mean, 6e-7 each; a variance is known to 2.5 % (more for the tails of χ²), so 15 % are as rare.
  it.each([
    ['fluctuations', fluctuations(samples)],
    ['biases', biases(samples, [0.02, 0, -0.01])],
  ] as const)('%s', (_, measured) => {
    const errors = measured.errors.map((error) => 1.2 * error);
    const draws = Array.from({ length: 4000 }, (_, k) => simulateEstimates(stream(9).split(k), errors, measured));
    errors.forEach((error, i) => {
      const values = draws.map((drawn) => drawn.values[i]!);
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
      const { model, covariance, degrees } = measured;
      const at = i * SIZES.length + i;
      // Of a squared norm: along the error, across it, and that of the trace that is taken off.
      const expected = model
        ? 4 * error ** 2 * model.directional[at]! + model.constant[at]! + (2 * model.trace[i]! ** 2) / degrees[i]!
        : covariance[at]! * 1.2 ** 4;
      expect(Math.abs(mean - error ** 2)).toBeLessThan(5 * Math.sqrt(expected / values.length));
      expect(Math.abs(variance / expected - 1)).toBeLessThan(0.15);
    });
  });
});

describe('constantClaimPower', () => {
  it('agrees with the closed form and with brute force', () => {
    const estimate = { standardError: 0.02, degrees: Infinity };
    const power = constantClaimPower(estimate, { margin: 0.1, falseAlarm: 0.01, rng: stream(5) });
    // margin + (z(0.995) + z(0.95))·0.02 and margin − (z(0.995) − z(0.95))·0.02; 10,000 runs: ± 0.0004
    expect(Math.abs(power.failed.deviation - 0.1844)).toBeLessThan(0.002);
    expect(Math.abs(power.notHeld.deviation - 0.0814)).toBeLessThan(0.002);
    const few = constantClaimPower({ standardError: 0.02, degrees: 6 }, { margin: 0.1, rng: stream(6) });
    const rng = stream(7);
    let caught = 0;
    for (let i = 0; i < 4000; i++) {
      let square = 0;
      for (let k = 0; k < 6; k++) square += normal(rng) ** 2 / 6;
      const value = few.failed.deviation + 0.02 * normal(rng);
      const drawn = { value, standardError: 0.02 * Math.sqrt(square), degrees: 6 };
      if (decideClaim({ claim: '', predicted: 0, margin: 0.1, estimate: drawn }).verdict === 'fails') caught++;
    }
    expect(Math.abs(caught - 3800)).toBeLessThan(80); // 5 standard deviations and the error of the quantile
  });
});

it('proportionInterval is that of Clopper and Pearson', () => {
  // scipy.stats.beta.ppf(0.025, 95, 6), beta.ppf(0.975, 96, 5)
  const [low, high] = proportionInterval(95, 100);
  expectRelative(low, 0.8871651, 1e-6);
  expectRelative(high, 0.9835681, 1e-6);
  expect(proportionInterval(0, 10)[0]).toBe(0);
  expectRelative(proportionInterval(0, 10)[1], 1 - 0.025 ** 0.1, 1e-9);
});
