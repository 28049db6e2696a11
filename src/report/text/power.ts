import type { ClaimReport } from '../types.ts';
import { formatNumber } from './numbers.ts';

/** The wrong values that a claim would catch, e.g. `−0.7, −0.3` or `1.2 %`; empty where that is not known. */
export function caughtText({ power }: ClaimReport): string {
  if (power === undefined) return '';
  const { of, below, above } = power;
  const show =
    of === 'relative'
      ? (value: number) => `${formatNumber(100 * value, 2)} %`
      : (value: number) => formatNumber(value, 3);
  return [below, above].flatMap((value) => (value === null ? [] : [show(value)])).join(', ');
}

/** The same in a sentence. */
export function caughtSentence(claim: ClaimReport): string {
  const { power } = claim;
  if (power === undefined) return '';
  const chance = `${formatNumber(100 * power.probability, 3)} %`;
  const values = caughtText(claim).replace(', ', ' or ');
  return power.of === 'relative'
    ? `Any of them that is wrong by ${values} would be caught with probability ${chance}.`
    : `A true ${power.of === 'exponent' ? 'exponent' : 'value'} of ${values}, or further off, would be caught with probability ${chance}.`;
}
