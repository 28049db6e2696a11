import { expect, test } from 'vitest';
import { claimsTable } from '../../src/report/index.ts';
import { caughtSentence, caughtText } from '../../src/report/text/power.ts';
import type { ClaimPower, ClaimReport } from '../../src/report/types.ts';
import { fixture } from './fixture.ts';

const claim = (power?: ClaimPower): ClaimReport => ({
  claim: 'c',
  title: 'a claim',
  predicted: -0.5,
  measured: -0.49,
  interval: [-0.5, -0.48],
  verdict: 'holds',
  holds: true,
  ...(power === undefined ? {} : { power }),
});

test('says which wrong values a claim would catch', () => {
  const both = claim({ probability: 0.95, of: 'exponent', below: -0.7, above: -0.3 });
  expect(caughtText(both)).toBe('−0.7, −0.3');
  expect(caughtSentence(both)).toBe(
    'A true exponent of −0.7 or −0.3, or further off, would be caught with probability 95 %.',
  );
  expect(caughtText(claim({ probability: 0.95, of: 'exponent', below: null, above: -0.2 }))).toBe('−0.2');
  const moments = claim({ probability: 0.95, of: 'relative', below: null, above: 0.0354 });
  expect(caughtSentence(moments)).toBe('Any of them that is wrong by 3.5 % would be caught with probability 95 %.');
  expect(caughtText(claim())).toBe('');
  expect(caughtSentence(claim())).toBe('');
});

test('the table has a column for them where they are known', () => {
  expect(claimsTable(fixture)).not.toContain('Caught');
  const [first, ...others] = fixture.phases;
  const known = claim({ probability: 0.95, of: 'constant', below: 0.84, above: 1.16 });
  const table = claimsTable({ ...fixture, phases: [{ ...first!, claims: [known] }, ...others] });
  expect(table).toContain('Caught');
  expect(table).toContain('0.84, 1.16');
});
