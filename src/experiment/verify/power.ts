import { detectableDeviation, type Estimate } from '../../convergence/index.ts';
import type { ClaimPower } from '../../report/types.ts';

/** The probability with which a wrong value is to be caught. */
export const POWER = 0.95;
/** Exponents are told apart in these steps. */
const STEP = 0.05;

interface Asked {
  readonly predicted: number;
  readonly margin: number;
  readonly falseAlarm: number;
  readonly relation?: 'equals' | 'atMost';
}

/** The nearest wrong exponents, in steps of 0.05, at which a claim would be said to fail with probability 0.95 (docs/theory.md 11.2). */
export function exponentPower(estimate: Estimate, { predicted, relation, ...asked }: Asked): ClaimPower {
  const deviation = detectableDeviation({ ...asked, standardError: estimate.standardError, power: POWER });
  // A step that rounding has put a hair beyond the next multiple is that multiple.
  const steps = Math.ceil(deviation / STEP - 1e-9);
  const at = (k: number) => Number((predicted + k * STEP).toFixed(10));
  return { probability: POWER, of: 'exponent', below: relation === 'atMost' ? null : at(-steps), above: at(steps) };
}

/** The nearest wrong constants at which a claim would be said to fail with probability 0.95. */
export function constantPower(estimate: Estimate, { predicted, relation, ...asked }: Asked): ClaimPower {
  const deviation = detectableDeviation({ ...asked, standardError: estimate.standardError, power: POWER });
  return {
    probability: POWER,
    of: 'constant',
    below: relation === 'atMost' ? null : predicted - deviation,
    above: predicted + deviation,
  };
}
