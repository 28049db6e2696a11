import type { TaskName } from './tasks.ts';

export function taskTitle({ activation, loss }: TaskName): string {
  return `${activation === 'relu' ? 'ReLU' : 'tanh'}, ${loss}`;
}

/** An exponent as it stands in formulas: −1/4, −1/2, −1. */
export function fractionText(exponent: number): string {
  const size = Math.abs(exponent);
  const sign = exponent < 0 ? '−' : '';
  for (const denominator of [1, 2, 4]) {
    const numerator = size * denominator;
    if (Number.isInteger(numerator)) return `${sign}${denominator === 1 ? numerator : `${numerator}/${denominator}`}`;
  }
  return numberText(exponent, 2);
}

/** A number with a fixed number of decimals and a proper minus. */
export function numberText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return value.toFixed(decimals).replace('-', '−');
}

/** Three digits. */
export function shortText(value: number): string {
  return Number(value.toPrecision(3)).toString().replace('-', '−');
}

export function intervalText([low, high]: readonly [number, number], decimals: number): string {
  return `[${numberText(low, decimals)}, ${numberText(high, decimals)}]`;
}

/** A p-value. */
export function probabilityText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(p < 0.1 ? 3 : 2);
}
