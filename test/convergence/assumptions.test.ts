import { describe, expect, it } from 'vitest';
import {
  asymptotic,
  expectExponent,
  expectMean,
  MeanEvidence,
  StatisticalError,
  subGaussian,
  testExponent,
  testMean,
} from '../../src/convergence/index.ts';
import { exponential, normal, type Stream, stream } from '../../src/random/index.ts';

describe('without a named assumption', () => {
  it('expectMean works, and says what it then rests on', async () => {
    const rng = stream(41);
    const sampler = () => 3 + normal(rng);
    const result = await expectMean(sampler).toEqual(3, { within: 0.2, falseAlarm: 1e-9, miss: 1e-6 });
    expect(result.assumption).toBe(
      'asymptotic: the fourth moment is finite, and 200 numbers and more show the variance',
    );
    expect(result.detail).toContain(result.assumption);
    // the fixed sample size would be (z(5e-10) + z(1e-6))²/0.04 = 2950 (scipy)
    expect(result.samples).toBeLessThan(3 * 2950);
    await expect(expectMean(sampler).toEqual(3.2, { within: 0.2 })).rejects.toThrow(StatisticalError);
    const named = await testMean(sampler, 3, { within: 0.2, assume: subGaussian(1) });
    expect(named.assumption).toBe('sub-gaussian with scale 1');
  });

  it('takes equal numbers for a constant law only when there are enough of them', async () => {
    const exact = await expectMean(() => 0.25).toEqual(0.25, { within: 0.1, falseAlarm: 1e-9, miss: 1e-6 });
    // 200 for the variance, then log(2·10⁶)/−log(0.99) numbers, either side at once
    expect(exact.samples).toBe(200 + Math.ceil(Math.log(2e6) / -Math.log(0.99)));
    expect((await testMean(() => 0.25, 0.3, { within: 0.05 })).verdict).toBe('rejected');
    // A coin of probability 1/100: its first 200 numbers are all 0 with probability 0.13. 60 runs with the right mean; seeds fixed.
    for (let run = 0; run < 60; run++) {
      const rng = stream(42).split('run', run);
      const coin = () => (rng.uniform() < 0.01 ? 1 : 0);
      const options = { within: 0.02, falseAlarm: 1e-3, miss: 1e-3, budget: 20_000 };
      expect((await testMean(coin, 0.01, options)).verdict).not.toBe('rejected');
    }
  });
});

it('a claim of equality spends half of its false alarms on either side', async () => {
  // Numbers whose mean is off by 1: rejected when the evidence on that side reaches falseAlarm/2, not before.
  const falseAlarm = 0.01;
  const assume = subGaussian(3);
  const draws = () => {
    const rng = stream(45);
    return () => 1 + 3 * normal(rng);
  };
  const evidence = new MeanEvidence(assume, 0, 1, 1);
  const next = draws();
  const at = { whole: 0, half: 0 };
  for (let n = 1; at.half === 0; n++) {
    evidence.add(next());
    if (at.whole === 0 && evidence.reached(falseAlarm)) at.whole = n;
    if (evidence.reached(falseAlarm / 2)) at.half = n;
  }
  expect(at.whole).toBeLessThan(at.half);
  const options = { assume, within: 1, falseAlarm, miss: 1e-6 };
  expect(await testMean(draws(), 0, options)).toMatchObject({ verdict: 'rejected', samples: at.half });
  // one side alone has it all
  const oneSided = await testMean(draws(), 0, { ...options, relation: 'atMost' });
  expect(oneSided).toMatchObject({ verdict: 'rejected', samples: at.whole });
});

describe('testExponent of numbers of the same shape', () => {
  const LAWS: Record<string, (rng: Stream) => number> = {
    'a normal fluctuation': (rng) => (normal(rng) - normal(rng)) ** 2 / 2,
    'numbers without a mean': (rng) => Math.exp(3 * exponential(rng)),
  };
  const at = (size: number, draw: (rng: Stream) => number, rng: Stream) => ({ size, sampler: () => draw(rng) / size });

  it.each(Object.entries(LAWS))('keeps its error probabilities: %s', async (_, draw) => {
    // 300 runs each at error probabilities of 5 %: more than 30 errors have probability 2e-4 at most.
    const options = { within: 0.3, falseAlarm: 0.05, miss: 0.05, sameShape: true };
    const errors = { alarm: 0, high: 0, low: 0 };
    for (let run = 0; run < 300; run++) {
      const rng = stream(43).split('run', run);
      const [small, large] = [at(64, draw, rng), at(4096, draw, rng)];
      if ((await testExponent(small, large, -1, options)).verdict === 'rejected') errors.alarm++;
      if ((await testExponent(small, large, -1.3, options)).verdict === 'accepted') errors.high++;
      if ((await testExponent(small, large, -0.7, options)).verdict === 'accepted') errors.low++;
    }
    for (const count of Object.values(errors)) expect(count).toBeLessThanOrEqual(30);
  });

  it('decides at tiny error probabilities with fewer pairs than moments would need', async () => {
    const rng = stream(44);
    const draw = LAWS['a normal fluctuation']!;
    const limits = { within: 0.3, falseAlarm: 1e-9, miss: 1e-6 };
    const [small, large] = [at(64, draw, rng), at(4096, draw, rng)];
    const same = await expectExponent(small, large).toEqual(-1, { ...limits, sameShape: true });
    expect(same.assumption).toMatch(/^same shape/);
    const moments = { assume: asymptotic() };
    const other = await expectExponent({ ...small, ...moments }, { ...large, ...moments }).toEqual(-1, limits);
    expect(same.samples).toBeLessThan(0.7 * other.samples);
    const wrong = expectExponent(small, large).toEqual(-0.6, { ...limits, sameShape: true });
    await expect(wrong).rejects.toThrow(/rejected after .* assuming same shape/);
    const negative = { size: 4096, sampler: () => -1 };
    await expect(testExponent(small, negative, -1, { ...limits, sameShape: true })).rejects.toThrow(
      /large.sampler\(\)/,
    );
  });
});
