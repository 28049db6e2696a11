import { beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../src/report/index.ts';
import type { ClaimReport, PhaseReport, VerifyReport } from '../../src/report/types.ts';
import { headline, overallVerdict } from '../../src/report/verdicts.ts';
import { fixture, HOSTILE, poisoned } from './fixture.ts';
import { attributes, count, nestingErrors } from './markup.ts';

const claims = fixture.phases.flatMap((phase) => phase.claims);
const charts = fixture.phases.reduce((sum, { rates }) => sum + rates.length + 2, 1);

describe('renderReport', () => {
  let page = '';
  beforeAll(async () => {
    page = await renderReport(fixture);
  });

  it('is one well-formed page', () => {
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
    expect(nestingErrors(page)).toEqual([]);
    expect(page).not.toMatch(/NaN|undefined|\[object/);
  });

  it('needs nothing from outside, and no script', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|\son\w+=|javascript:/i);
    expect(attributes(page, 'src')).toEqual([]);
    for (const target of attributes(page, 'href')) expect(target).toMatch(/^#/);
    expect(new Set(page.match(/\w+:\/\/[^"'\s<]*/g))).toEqual(
      new Set(['http://www.w3.org/2000/svg', 'http://www.w3.org/1999/xlink']),
    );
    for (const [, target] of page.matchAll(/url\(([^)]*)\)/g)) expect(target).toMatch(/^#/);
  });

  it('has ids that differ, and links that lead somewhere', () => {
    const ids = attributes(page, 'id');
    expect(new Set(ids).size).toBe(ids.length);
    const targets = attributes(page, 'href').map((target) => target.slice(1));
    for (const target of [...targets, ...attributes(page, 'aria-labelledby').flatMap((list) => list.split(' '))])
      expect(ids).toContain(target);
  });

  it('has every chart with a description, and every claim with its numbers', () => {
    expect(count(page, /<figure><svg[^>]* role="img"[^>]*><title [^>]*>[^<]+<\/title><desc /g)).toBe(charts);
    expect(count(page, /<tr role="row" id="claim-/g)).toBe(claims.length);
    for (const text of ['−0.497', '[−0.538, −0.456]', '−0.5 ± 0.1', '≤ 0.01', '0.1832 ± 0.01'])
      expect(page).toContain(text);
    expect(count(page, /<span class="verdict undecided">/g)).toBeGreaterThanOrEqual(2);
    expect(page).toContain('To decide it: about 2600 replicates at width 4096 (now 100)');
  });

  it('shows formulas as such', () => {
    expect(page).toContain('fall as n<sup>−1/2</sup>');
    expect(page).toContain('λ<sub>n</sub>');
  });

  it('has the set-up', () => {
    for (const text of [
      'data/banknote.csv',
      'tanh',
      'squared',
      '262144',
      'meanfield 0.1.0',
      'at most 0.001',
      'Bonferroni',
    ])
      expect(page).toContain(text);
  });

  it('gives the same bytes again', async () => {
    expect(await renderReport(JSON.parse(JSON.stringify(fixture)))).toBe(page);
  });
});

it('escapes whatever names hold', async () => {
  const page = await renderReport(poisoned(fixture));
  expect(nestingErrors(page)).toEqual([]);
  expect(page).not.toMatch(/<script|<img|\]\]>|(?![\t\n\r])\p{Cc}/iu);
  expect(page).toContain('&lt;script&gt;');
  const ids = attributes(page, 'id');
  expect(new Set(ids).size).toBe(ids.length);
  // A mark of the hostile text that escaping leaves as it is: so the text itself was shown.
  expect(HOSTILE).toContain('hostile');
  expect(count(page, /hostile/g)).toBeGreaterThan(20);
});

it('shows a phase without charts and a report without phases', async () => {
  const { lossCurves: _, motion: __, ...bare } = fixture.phases[0]!;
  const small: VerifyReport = { ...fixture, phases: [{ ...bare, rates: [], claims: [] }] };
  const page = await renderReport(small);
  expect(count(page, /<figure>/g)).toBe(1);
  expect(page).toContain('No claim was checked.');
  expect(nestingErrors(await renderReport({ ...fixture, phases: [] }))).toEqual([]);
});

it('makes room in the diagram for a run far out', async () => {
  const [phase] = fixture.phases;
  const scaling = { ...phase!.scaling, learningRateExponent: 4 };
  expect(await renderReport({ ...fixture, phases: [{ ...phase!, scaling }] })).toContain('run 1 at a = 4, b = 0.25');
});

it('names kernels whose bits depend on the processor', async () => {
  expect(await renderReport({ ...fixture, kernel: 'simd-fma' })).toContain(
    'meanfield 0.1.0 on its simd-fma kernels, 2025',
  );
});

it('refuses what is not a report of this version', async () => {
  await expect(renderReport({ ...fixture, formatVersion: 2 as 1 })).rejects.toThrow(
    'report.formatVersion must be 1, got 2',
  );
  await expect(renderReport({ ...fixture, format: 'x' as 'meanfield-verify' })).rejects.toThrow(
    'report.format must be one of meanfield-verify, got "x"',
  );
  const phases = [{ ...fixture.phases[0]!, phase: 'liquid' as 'gradient-flow' }];
  await expect(renderReport({ ...fixture, phases })).rejects.toThrow(
    'report.phases[0].phase must be one of gradient-flow, poisson-jump, bernoulli-jump, penalized-flow, penalized-jump, got "liquid"',
  );
});

it('shows a claim that could not be measured, and one that is bounded on one side', async () => {
  const [phase] = fixture.phases;
  const [claim] = phase!.claims;
  const unmeasured: ClaimReport = {
    ...claim!,
    measured: null,
    interval: [null, null],
    verdict: 'undecided',
    holds: false,
  };
  const oneSided: ClaimReport = { ...unmeasured, measured: -0.4, interval: [null, -0.2] };
  const page = await renderReport({ ...fixture, phases: [{ ...phase!, claims: [unmeasured, oneSided] }] });
  expect(page).not.toMatch(/NaN|undefined|null/);
  expect(page).toContain('−∞');
  expect(nestingErrors(page)).toEqual([]);
});

describe('the headline', () => {
  const report = (verdicts: string): VerifyReport => {
    const names = { h: 'holds', f: 'fails', u: 'undecided' } as const;
    const all = [...verdicts].map((v): ClaimReport => ({ ...claims[0]!, verdict: names[v as 'h'], holds: v === 'h' }));
    return { ...fixture, phases: [{ ...(fixture.phases[0] as PhaseReport), claims: all }] };
  };

  it.each([
    ['', 'undecided', 'No claim was checked.'],
    ['h', 'holds', 'The claim holds.'],
    ['hhh', 'holds', 'All 3 claims hold.'],
    ['hhu', 'undecided', 'No claim fails, but 1 of 3 is undecided; 2 hold.'],
    ['uu', 'undecided', 'No claim fails, but 2 of 2 are undecided.'],
    ['hfu', 'fails', '1 of 3 claims fails; 1 holds, 1 is undecided.'],
    ['ff', 'fails', '2 of 2 claims fail.'],
    ['huuff', 'fails', '2 of 5 claims fail; 1 holds, 2 are undecided.'],
  ])('of "%s" is %s', (verdicts, verdict, text) => {
    expect(overallVerdict(report(verdicts))).toBe(verdict);
    expect(headline(report(verdicts))).toBe(text);
  });
});
