import { describe, expect, test } from 'vitest';
import {
  constantClaimPower,
  decideClaim,
  errorEstimates,
  fitPowerLaw,
  rateClaimPower,
} from '../../src/convergence/index.ts';
import { constantPower, exponentPower, POWER } from '../../src/experiment/verify/power.ts';
import { normal, stream } from '../../src/random/index.ts';

const claim = { predicted: -0.5, margin: 0.125, falseAlarm: 4e-4 };
const widths = [64, 128, 256, 512];

/** Errors that fall as theory says, with this relative standard error each. */
function estimates(relative: number) {
  const values = widths.map((n) => 0.5 * n ** -0.5);
  return errorEstimates({ values, standardErrors: values.map((v) => relative * v), noise: 'multiplicative' });
}

describe('the stated power of an exponent', () => {
  // Simulated studies, drawn and judged anew; 400 runs put ±0.022 on a probability of 0.95.
  test.each(['equals', 'atMost'] as const)('is what simulated studies have (%s)', (relation) => {
    for (const relative of [0.01, 0.04, 0.1]) {
      const measured = estimates(relative);
      const fit = fitPowerLaw(widths, measured);
      if (!fit.fitted) throw new Error(fit.reason);
      const stated = exponentPower(fit.exponent, { ...claim, relation });
      const { failed } = rateClaimPower(widths, measured, {
        ...claim,
        relation,
        rng: stream(6).split(relation, relative * 100),
      });
      // Where a step lies at the edge, simulation may put it on either side.
      expect(Math.abs(stated.above! - failed.above!.exponent)).toBeLessThan(0.051);
      if (relation === 'atMost') expect(stated.below).toBeNull();
      else expect(Math.abs(stated.below! - failed.below!.exponent)).toBeLessThan(0.051);
    }
  });

  test('grows in whole steps of 0.05 from the margin', () => {
    const none = exponentPower({ value: -0.5, standardError: 0, degrees: Infinity }, { ...claim, margin: 0.25 });
    expect(none).toEqual({ probability: POWER, of: 'exponent', below: -0.75, above: -0.25 });
    const little = exponentPower({ value: -0.5, standardError: 1e-3, degrees: Infinity }, { ...claim, margin: 0.25 });
    expect(little).toEqual({ probability: POWER, of: 'exponent', below: -0.8, above: -0.2 });
  });
});

test('the stated power of a constant is what simulated measurements have', () => {
  const estimate = { value: 1, standardError: 0.01, degrees: 400 };
  const asked = { predicted: 1, margin: 0.15, falseAlarm: 4e-4 };
  const { above, below } = constantPower(estimate, asked);
  expect(1 - below!).toBeCloseTo(above! - 1, 12);
  const { failed } = constantClaimPower(estimate, { ...asked, rng: stream(7) });
  expect(above! - 1).toBeCloseTo(failed.deviation, 2);
  // And by brute force: 4000 measurements of that wrong value; ±0.0138 is four standard errors, a false alarm of 6e-5.
  const rng = stream(8);
  let caught = 0;
  for (let run = 0; run < 4000; run++)
    if (
      decideClaim({ claim: '', ...asked, estimate: { ...estimate, value: above! + 0.01 * normal(rng) } }).verdict ===
      'fails'
    )
      caught++;
  expect(Math.abs(caught / 4000 - POWER)).toBeLessThan(0.0138);
});
