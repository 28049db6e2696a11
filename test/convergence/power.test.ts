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
    const power = rateClaimPower(SIZES, draw(stream(1), -0.5), { ...claim, rng: stream(2), runs: 1000, step: 0.01 });
    const caught = power.failed.above!;
    expect(caught.exponent).toBeGreaterThan(-0.5 + claim.margin);
    expect(caught.probability).toBeGreaterThanOrEqual(0.95);
    // one step nearer it is caught less often
    const before = power.simulated.find(({ exponent }) => Math.abs(exponent - caught.exponent + 0.01) < 1e-9)!;
    expect(before.fails).toBeLessThan(950);
    // Brute force: 500 fresh studies at each wrong exponent. The noise that power was simulated from was itself measured, with
    // 3 % error in the standard error: the shares agree to 0.12 (4 standard errors of either count are 0.09).
    for (const { exponent, fails, holds, runs } of power.simulated
      .filter((s) => s.fails > 100 && s.fails < 990)
      .slice(0, 3)) {
      const seen: Record<Verdict, number> = { holds: 0, fails: 0, undecided: 0 };
      for (let s = 0; s < 500; s++) {
        const fit = fitPowerLaw(SIZES, draw(stream(100 + s), exponent), { confidence: 0.99 });
        seen[rateClaim({ ...claim, claim: '', fit }).verdict]++;
      }
      expect(Math.abs(seen.fails / 500 - fails / runs)).toBeLessThan(0.12);
      expect(Math.abs(seen.holds / 500 - holds / runs)).toBeLessThan(0.12);
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
