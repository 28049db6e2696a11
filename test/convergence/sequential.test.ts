import { describe, expect, it } from 'vitest';
import {
  type Assumption,
  asymptotic,
  bounded,
  confidenceSequence,
  expectExponent,
  expectMean,
  expectQuantile,
  expectSameLaw,
  finiteVariance,
  MeanEvidence,
  type SequentialOptions,
  StatisticalError,
  subGaussian,
  testMean,
  testQuantile,
  testSameLaw,
} from '../../src/convergence/index.ts';
import { exponential, normal, type Stream, stream } from '../../src/random/index.ts';

/** A law with what may be assumed of it; mean 0.4, standard deviation about 0.3. */
interface Law {
  readonly name: string;
  readonly assume: Assumption;
  readonly draw: (rng: Stream) => number;
}

const LAWS: Law[] = [
  { name: 'coin, bounded', assume: bounded(0, 1), draw: (rng) => (rng.uniform() < 0.4 ? 1 : 0) },
  { name: 'beta-like, bounded', assume: bounded(0, 1), draw: (rng) => 0.8 * rng.uniform() },
  { name: 'normal, sub-Gaussian', assume: subGaussian(0.3), draw: (rng) => 0.4 + 0.3 * normal(rng) },
  { name: 'exponential, finite variance', assume: finiteVariance(0.4), draw: (rng) => 0.4 * exponential(rng) },
  { name: 'exponential, asymptotic', assume: asymptotic(), draw: (rng) => 0.4 * exponential(rng) },
];

describe('testMean', () => {
  it.each(LAWS)('keeps its error probabilities: $name', async ({ assume, draw }) => {
    // 150 runs each, fixed seed, at error probabilities of 5 %: more than 17 alarms have probability 4e-4 at most.
    // bench/calibration.ts has 10,000 runs at 1 %.
    const runs = 150;
    const options: SequentialOptions = { assume, within: 0.1, falseAlarm: 0.05, miss: 0.05 };
    let falseAlarms = 0;
    let misses = 0;
    for (let run = 0; run < runs; run++) {
      const rng = stream(31).split('run', run);
      const right = await testMean(() => draw(rng), 0.4, options);
      const high = await testMean(() => draw(rng), 0.3, options);
      const low = await testMean(() => draw(rng), 0.5, options);
      expect([right.verdict, high.verdict, low.verdict]).not.toContain('undecided');
      if (right.verdict === 'rejected') falseAlarms++;
      if (high.verdict === 'accepted') misses++;
      if (low.verdict === 'accepted') misses++;
    }
    expect(falseAlarms).toBeLessThanOrEqual(17);
    expect(misses).toBeLessThanOrEqual(29);
  });

  it.each(LAWS)('decides rightly at tiny error probabilities: $name', async ({ assume, draw }) => {
    const rng = stream(32);
    const options = { assume, within: 0.05, falseAlarm: 1e-9, miss: 1e-6 };
    const result = await expectMean(() => draw(rng)).toEqual(0.4, options);
    // the known optimum 2σ²log(1/miss)/within², times what nonparametric tests and a bad variance bound cost
    expect(result.samples).toBeLessThan(30000);
    await expect(expectMean(() => draw(rng)).toEqual(0.45, options)).rejects.toThrow(StatisticalError);
    await expectMean(() => draw(rng)).toBeAtMost(0.41, options);
    await expectMean(() => draw(rng)).toBeAtLeast(0.39, options);
    await expect(expectMean(() => draw(rng)).toBeAtMost(0.35, options)).rejects.toThrow(/rejected after/);
    await expectMean(() => draw(rng)).toEqualThatOf(() => draw(rng), { ...options, assume: differenceOf(assume) });
  });

  it('takes asynchronous samplers, counts deviations up to the tolerance as equal, and stops at the budget', async () => {
    const rng = stream(33);
    const sampler = () => Promise.resolve(0.02 + 0.1 * normal(rng));
    const options = { assume: subGaussian(0.1), within: 0.1, tolerance: 0.03 };
    expect((await testMean(sampler, 0, options)).verdict).toBe('accepted');
    const short = await testMean(sampler, 0, { ...options, budget: 10 });
    expect(short).toMatchObject({ verdict: 'undecided', samples: 10 });
    expect(short.detail).toMatch(/the mean is 0: undecided after 10 numbers .* assuming sub-gaussian/);
  });

  it('names what is wrong', async () => {
    const options = { assume: bounded(0, 1), within: 0.1 };
    await expect(testMean(() => 2, 0, options)).rejects.toThrow(/in the assumed range \[0, 1\]/);
    await expect(testMean(() => Number.NaN, 0, options)).rejects.toThrow(/sampler\(\) must be a finite number/);
    await expect(testMean(() => 0, 0, { ...options, tolerance: 0.1 })).rejects.toThrow(/within must be/);
    expect(() => bounded(1, 0)).toThrow(/high must be/);
  });
});

describe('MeanEvidence', () => {
  it('has an expectation of at most 1 at every time under the null hypothesis', () => {
    // The average of 4000 e-values after 50 numbers, fixed seed. They are heavy-tailed: 1.6 leaves room, a wrong sign does not.
    for (const { assume, draw } of LAWS.filter((law) => law.assume.kind !== 'asymptotic')) {
      let sum = 0;
      for (let run = 0; run < 4000; run++) {
        const rng = stream(34).split('run', run);
        const evidence = new MeanEvidence(assume, 0.4, 1, 0.1);
        for (let i = 0; i < 50; i++) evidence.add(draw(rng));
        sum += Math.exp(evidence.logValue);
      }
      expect(sum / 4000).toBeLessThan(1.6);
    }
  });
});

describe('testQuantile', () => {
  it('accepts the right quantile and rejects a wrong one, whatever the law', async () => {
    const rng = stream(35);
    const options = { within: 0.2, falseAlarm: 1e-6, miss: 1e-6 };
    await expectQuantile(() => exponential(rng), 0.5).toEqual(Math.LN2, options);
    await expectQuantile(() => Math.tan(Math.PI * (rng.uniform() - 0.5)), 0.75).toEqual(1, { ...options, within: 0.4 });
    expect((await testQuantile(() => exponential(rng), 0.5, 1, options)).verdict).toBe('rejected');
    expect((await testQuantile(() => exponential(rng), 0.5, 0.4, options)).verdict).toBe('rejected');
    // a law with atoms: the 0.3-quantile of a fair coin is 0
    expect((await testQuantile(() => Math.round(rng.uniform()), 0.3, 0, options)).verdict).toBe('accepted');
  });
});

describe('two samples', () => {
  it('expectSameLaw sees a difference in shape that means do not show', async () => {
    const rng = stream(36);
    const options = { within: 0.1, falseAlarm: 1e-6, miss: 1e-6 };
    await expectSameLaw(
      () => normal(rng),
      () => normal(rng),
      options,
    );
    const result = await testSameLaw(
      () => normal(rng),
      () => exponential(rng) - 1,
      options,
    );
    expect(result.verdict).toBe('rejected');
  });

  it('expectExponent decides between rates', async () => {
    const rng = stream(37);
    const at = (size: number, assume: Assumption) => ({
      size,
      assume,
      sampler: () => (normal(rng) - normal(rng)) ** 2 / 2 / size, // ‖F − F′‖²/2 of a fluctuation n^(−1/2)
    });
    const options = { within: 0.4, falseAlarm: 1e-4, miss: 1e-4 };
    const [small, large] = [at(64, asymptotic()), at(4096, asymptotic())] as const;
    await expectExponent(small, large).toEqual(-1, options);
    await expect(expectExponent(small, large).toEqual(-0.5, options)).rejects.toThrow(/rejected/);
    await expect(expectExponent(small, large).toEqual(-1.5, options)).rejects.toThrow(/rejected/);
  });
});

describe('confidenceSequence', () => {
  it.each([LAWS[0]!, LAWS[2]!, LAWS[4]!])('holds the mean at all times: $name', ({ assume, draw }) => {
    // 200 runs of 2000 numbers at 10 %, fixed seed: more than 38 failures have probability 1e-4 at most.
    let failures = 0;
    let width = 0;
    for (let run = 0; run < 200; run++) {
      const rng = stream(38).split('run', run);
      const sequence = confidenceSequence(assume, 0.1);
      for (let i = 0; i < 2000; i++) sequence.add(draw(rng));
      const [low, high] = sequence.interval();
      if (low > 0.4 || high < 0.4) failures++;
      width += (high - low) / 200;
    }
    expect(failures).toBeLessThanOrEqual(38);
    expect(width).toBeLessThan(0.09); // the normal interval at one time would have 0.036 for the coin
  });
});

function differenceOf(assume: Assumption): Assumption {
  if (assume.kind === 'bounded') return bounded(assume.low - assume.high, assume.high - assume.low);
  if (assume.kind === 'sub-gaussian') return subGaussian(assume.scale * Math.SQRT2);
  if (assume.kind === 'finite-variance') return finiteVariance(assume.standardDeviation * Math.SQRT2);
  return assume;
}
