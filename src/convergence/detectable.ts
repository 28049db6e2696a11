import { checkNumber } from '../base/check.ts';
import { normalQuantile } from '../base/special/normal.ts';

/**
 * How wrong the quantity must be for a claim to be caught: the deviation |θ − predicted| at which the verdict is `fails`
 * with probability `power`, to first order margin + (z(1 − falseAlarm/2) + z(power))·standardError.
 *
 * Assumes a normal estimate with this standard error (docs/theory.md 10.3).
 *
 * @param options.power - default 0.95
 */
export function detectableDeviation(options: {
  readonly standardError: number;
  readonly margin: number;
  readonly falseAlarm: number;
  readonly power?: number;
}): number {
  const standardError = checkNumber('standardError', options.standardError, { min: 0 });
  const margin = checkNumber('margin', options.margin, { min: 0 });
  const falseAlarm = checkNumber('falseAlarm', options.falseAlarm, { above: 0, below: 1 });
  const power = checkNumber('power', options.power ?? 0.95, { above: 0, below: 1 });
  return margin + (normalQuantile(power) - normalQuantile(falseAlarm / 2)) * standardError;
}
