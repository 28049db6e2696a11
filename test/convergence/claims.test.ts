import { describe, expect, it } from 'vitest';
import {
  agreementClaim,
  type Comparison,
  decideClaim,
  detectableDeviation,
  errorEstimates,
  fitPowerLaw,
  rateClaim,
  sidakBound,
} from '../../src/convergence/index.ts';
import { normal, stream } from '../../src/random/index.ts';
import { expectRelative } from '../base/relative.ts';

const base = { claim: 'exponent', predicted: -0.5, margin: 0.1, falseAlarm: 0.01 };
const at = (value: number, standardError: number) => ({ value, standardError, degrees: Infinity });

describe('decideClaim', () => {
  it('holds inside the margin, fails outside, and else says what it would take', () => {
    const holds = decideClaim({ ...base, estimate: at(-0.53, 0.02) });
    expect(holds).toMatchObject({ verdict: 'holds', holds: true, measured: -0.53, relation: 'equals', margin: 0.1 });
    expectRelative(holds.interval[1] + 0.53, 2.5758293035489004 * 0.02, 1e-12); // scipy.stats.norm.ppf(0.995)
    expect(holds.detail).toBe('interval [-0.582, -0.478] lies within [-0.6, -0.4]');
    expect(holds.needs).toBeUndefined();
    expect(decideClaim({ ...base, estimate: at(-0.25, 0.02) })).toMatchObject({ verdict: 'fails', holds: false });
    const undecided = decideClaim({ ...base, estimate: at(-0.53, 0.05) });
    expect(undecided).toMatchObject({ verdict: 'undecided', holds: false });
    expectRelative(undecided.factor!, (((2.5758293035489004 + 1.2815515655446004) * 0.05) / 0.07) ** 2, 1e-9);
    expect(undecided.needs).toBe('about 7.6 times the replicates, of the reference as well');
    expect(decideClaim({ ...base, estimate: at(-0.4, 0.05) }).needs).toMatch(/more than 10,000 times/);
  });

  it('judges one side only where a rate is an upper bound', () => {
    const faster = decideClaim({ ...base, relation: 'atMost', estimate: at(-1, 0.02) });
    expect(faster).toMatchObject({ verdict: 'holds', relation: 'atMost' });
    expect(decideClaim({ ...base, relation: 'atMost', estimate: at(-0.3, 0.02) }).verdict).toBe('fails');
    expect(decideClaim({ ...base, relation: 'atLeast', estimate: at(-0.3, 0.02) }).verdict).toBe('holds');
    expect(decideClaim({ ...base, relation: 'atLeast', estimate: at(-0.7, 0.02) }).verdict).toBe('fails');
  });

  it('never holds on an interval that is open on the side that matters', () => {
    const intervalAt = () => [-Infinity, -0.55] as const;
    const options = { ...base, estimate: at(-0.7, 1), intervalAt };
    expect(decideClaim(options).verdict).toBe('undecided');
    expect(decideClaim({ ...options, relation: 'atMost' as const }).verdict).toBe('holds');
  });

  it('keeps its error probabilities', () => {
    // 20000 draws, fixed seed. At the margin's edge `fails` and `holds` each have probability falseAlarm/2 = 0.01:
    // 200 ± 14, so a count outside 140 … 260 would have probability 2e-5. In the centre `fails` is far rarer.
    const rng = stream(1);
    const counts = { edge: { holds: 0, fails: 0, undecided: 0 }, centre: { holds: 0, fails: 0, undecided: 0 } };
    for (let i = 0; i < 20000; i++) {
      const z = 0.02 * normal(rng);
      counts.edge[decideClaim({ ...base, falseAlarm: 0.02, estimate: at(-0.4 + z, 0.02) }).verdict]++;
      counts.centre[decideClaim({ ...base, falseAlarm: 0.02, estimate: at(-0.5 + z, 0.02) }).verdict]++;
    }
    for (const verdict of ['holds', 'fails'] as const) {
      expect(counts.edge[verdict]).toBeGreaterThan(140);
      expect(counts.edge[verdict]).toBeLessThan(260);
    }
    expect(counts.centre.fails).toBe(0);
    expect(counts.centre.holds).toBeGreaterThan(19600);
  });

  it('catches the detectable deviation with the stated power', () => {
    const standardError = 0.02;
    const deviation = detectableDeviation({ standardError, margin: 0.1, falseAlarm: 0.01, power: 0.95 });
    const rng = stream(2);
    let caught = 0;
    for (let i = 0; i < 10000; i++)
      if (
        decideClaim({ ...base, estimate: at(-0.5 + deviation + standardError * normal(rng), 0.02) }).verdict === 'fails'
      )
        caught++;
    expect(Math.abs(caught - 9500)).toBeLessThan(110); // 5 standard deviations; fixed seed
  });

  it('names what is wrong', () => {
    expect(() => decideClaim({ ...base, margin: -1, estimate: at(0, 1) })).toThrow(/margin/);
    expect(() => decideClaim({ ...base, estimate: at(Number.NaN, 1) })).toThrow(/estimate.value/);
    expect(() => decideClaim({ ...base, relation: 'near' as 'equals', estimate: at(0, 1) })).toThrow(/one of equals/);
  });
});

describe('rateClaim', () => {
  const sizes = [64, 256, 1024];

  it('judges a fitted exponent, and tells of curvature', () => {
    const values = sizes.map((n) => 3 * n ** -0.5);
    const estimates = errorEstimates({ values, standardErrors: values.map((v) => 0.02 * v) });
    const claim = rateClaim({ ...base, fit: fitPowerLaw(sizes, estimates) });
    expect(claim.verdict).toBe('holds');
    const bent = sizes.map((n) => n ** -0.5 + 10 / n);
    const fit = fitPowerLaw(sizes, errorEstimates({ values: bent, standardErrors: bent.map((v) => 0.01 * v) }));
    expect(rateClaim({ ...base, fit })).toMatchObject({ verdict: 'fails' });
    expect(rateClaim({ ...base, fit }).detail).toMatch(/^the log-log curve bends/);
  });

  it('is undecided, with the reason, when the fit was refused', () => {
    const fit = fitPowerLaw(sizes, errorEstimates({ values: [1, 0.5, 0.1], standardErrors: [0.1, 0.1, 0.1] }));
    const claim = rateClaim({ ...base, fit });
    expect(claim).toMatchObject({ verdict: 'undecided', holds: false });
    expect(claim.detail).toMatch(/at size 1024 is 0.1 ± 0.1/);
    expect(claim.needs).toMatch(/about 19 times/);
  });
});

describe('agreementClaim', () => {
  const draw = (seed: number, scale: number, count = 60): Comparison[] => {
    const rng = stream(seed);
    return Array.from({ length: count }, (_, i) => ({
      name: `number ${i}`,
      simulated: 5 + 0.1 * scale * normal(rng),
      standardError: 0.1,
      exact: 5,
    }));
  };

  it('has Šidák’s bound', () => {
    expectRelative(sidakBound(1, 0.05), 1.959963984540054, 1e-14);
    // scipy.stats.norm.isf((1 - (1 - 0.001)**(1/60))/2)
    expectRelative(sidakBound(60, 0.001), 4.305314504051368, 1e-9);
  });

  it('passes right numbers, and catches wrong, too large and too small ones', () => {
    const claim = agreementClaim({ claim: 'oracle', comparisons: draw(1, 1) });
    expect(claim).toMatchObject({ verdict: 'holds', measured: claim.maxScore });
    expectRelative(claim.resolution, claim.bound * 0.02, 1e-12);
    const shifted = draw(1, 1).map((c, i) => (i === 7 ? { ...c, exact: 6 } : c));
    expect(agreementClaim({ claim: 'oracle', comparisons: shifted }).detail).toMatch(/at number 7 exceeds/);
    expect(agreementClaim({ claim: 'oracle', comparisons: draw(2, 1.6) }).verdict).toBe('fails');
    const small = agreementClaim({ claim: 'oracle', comparisons: draw(3, 0.4) });
    expect(small.verdict).toBe('fails');
    expect(small.detail).toMatch(/standard errors are too large/);
  });

  it('keeps its false-alarm probability, dependent scores included', () => {
    // 4000 claims at 5 %, fixed seed: 200 ± 14 at most; each score is used three times, 20 are independent.
    let alarms = 0;
    let dependent = 0;
    for (let s = 0; s < 4000; s++) {
      if (!agreementClaim({ claim: '', comparisons: draw(100 + s, 1, 20), falseAlarm: 0.05 }).holds) alarms++;
      const tripled = draw(9000 + s, 1, 20).flatMap((c) => [c, c, c]);
      if (!agreementClaim({ claim: '', comparisons: tripled, independent: 20, falseAlarm: 0.05 }).holds) dependent++;
    }
    expect(alarms).toBeGreaterThan(110);
    expect(alarms).toBeLessThan(260);
    expect(dependent).toBeLessThan(260);
  });

  it('turns t-scores into normal ones, and takes exact agreement', () => {
    const one = { name: 'x', simulated: 3, standardError: 1, exact: 0, degrees: 5 };
    const claim = agreementClaim({ claim: '', comparisons: [one, { ...one, degrees: Infinity }] });
    // scipy: norm.isf(t.sf(3, 5))
    expectRelative(claim.scores[0]!, 2.1687818754192185, 1e-12);
    expect(claim.scores[1]).toBe(3);
    const exact = agreementClaim({ claim: '', comparisons: [{ ...one, simulated: 0, standardError: 0 }] });
    expect(exact.maxScore).toBe(0);
    expect(() => agreementClaim({ claim: '', comparisons: [] })).toThrow(/at least one/);
  });
});
