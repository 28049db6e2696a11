import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { logTicks } from '../../src/report/charts/axes.ts';
import { claimsTable } from '../../src/report/index.ts';
import { printable } from '../../src/report/text/clean.ts';
import { escapeMarkup } from '../../src/report/text/escape.ts';
import { claimNumbers, formatNumber } from '../../src/report/text/numbers.ts';
import { textWidth, wrapText } from '../../src/report/text/wrap.ts';
import type { ClaimReport, VerifyReport } from '../../src/report/types.ts';
import { fixture, poisoned } from './fixture.ts';

const claim = fixture.phases[0]!.claims[0]!;

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [0.5, '0.5'],
    [-0.25, '−0.25'],
    [1 / 3, '0.3333'],
    [262144, '262144'],
    [262144.5, '262100'],
    [0.00012346, '0.0001235'],
    [0.000012346, '1.235e−5'],
    [1e9, '1e9'],
    [-2.5e-10, '−2.5e−10'],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('claimNumbers', () => {
  it.each<[Partial<ClaimReport>, string, string, string]>([
    [
      { predicted: -0.5, measured: -0.4873, interval: [-0.52, -0.45], margin: 0.1 },
      '−0.5 ± 0.1',
      '−0.487',
      '[−0.520, −0.450]',
    ],
    [{ predicted: 4, measured: 2.61, interval: [2.61, 2.61], relation: 'atMost' }, '≤ 4', '2.61', '[2.61, 2.61]'],
    [{ predicted: 0.9, measured: 12, interval: [-230, 260], relation: 'atLeast' }, '≥ 0.9', '12', '[−230, 260]'],
    [{ predicted: 1e-5, measured: 1.2345e-5, interval: [1.1e-5, 1.3e-5] }, '1e−5', '1.23e−5', '[1.1e−5, 1.3e−5]'],
    [{ predicted: 0, measured: -0.001, interval: [-0.1, 0.1] }, '0', '0.00', '[−0.10, 0.10]'],
    [{ predicted: -1, measured: null, interval: [null, null] }, '−1', '—', '—'],
    [{ predicted: -1, measured: -0.8, interval: [null, -0.2] }, '−1', '−0.8', '[−∞, −0.2]'],
  ])('of %j', (change, predicted, measured, interval) => {
    const { margin: _, ...rest } = claim;
    expect(claimNumbers({ ...rest, ...change })).toEqual({ predicted, measured, interval });
  });
});

describe('wrapText', () => {
  test.prop([fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 30 })])(
    'fits, and loses nothing but spaces',
    (text, width) => {
      const lines = wrapText(text, width);
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(printable(text).replace(/\s/g, ''));
    },
  );
});

test.prop([fc.string({ unit: 'binary' })])('escaped text has no markup and no control characters', (text) => {
  expect(escapeMarkup(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)|(?![\t\n\r])\p{Cc}|\p{Surrogate}/u);
});

test.prop([fc.double({ min: 1e-12, max: 1e12, noNaN: true }), fc.double({ min: 1.2, max: 1e9, noNaN: true })])(
  'ticks of a log axis lie on it, few and rising',
  (low, factor) => {
    const ticks = logTicks([low, low * factor]);
    expect(ticks.length).toBeLessThanOrEqual(8);
    for (const [i, tick] of ticks.entries()) {
      expect(tick).toBeGreaterThanOrEqual(i === 0 ? low : ticks[i - 1]!);
      expect(tick).toBeLessThanOrEqual(low * factor);
    }
    if (factor > 2.1) expect(ticks.length).toBeGreaterThan(0);
  },
);

describe('claimsTable', () => {
  it('is plain text, aligned, with needs and reasons', () => {
    expect(claimsTable(fixture)).toMatchSnapshot();
  });

  it.each([60, 80, 100, 140])('fits %d columns, whatever the names', (width) => {
    for (const report of [fixture, poisoned(fixture)]) {
      const table = claimsTable(report, width);
      expect(Math.max(...table.split('\n').map(textWidth))).toBeLessThanOrEqual(width);
      expect(table).not.toMatch(/(?!\n)\p{Cc}/u);
    }
  });

  it('tells holding from undecided', () => {
    const undecided: VerifyReport = {
      ...fixture,
      phases: [{ ...fixture.phases[0]!, claims: [{ ...claim, verdict: 'undecided', holds: false }] }],
    };
    expect(claimsTable(undecided)).toMatch(/undecided\n\nNo claim fails, but 1 of 1 is undecided\.$/);
  });
});
