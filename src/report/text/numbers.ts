import type { ClaimReport } from '../types.ts';

/** The numbers of a claim as text, with as many decimals as its interval supports. */
export interface ClaimNumbers {
  /** With the relation and the margin, e.g. `−0.5 ± 0.1` or `≤ 0.02`. */
  readonly predicted: string;
  readonly measured: string;
  readonly interval: string;
}

/** A number to at most `digits` significant digits (an integer in full), without trailing zeros, with a true minus sign. */
export function formatNumber(value: number, digits = 4): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return minus(String(value));
  const text = size < 1e-4 || size >= 1e7 ? scientific(value, digits - 1) : String(Number(value.toPrecision(digits)));
  return minus(text);
}

/** The interval is given to two digits of its half width, and the measured value to the same decimals. */
export function claimNumbers(claim: ClaimReport): ClaimNumbers {
  const { measured } = claim;
  const [low, high] = claim.interval;
  const show =
    low === null || high === null
      ? (value: number) => formatNumber(value)
      : estimateFormat(low, high, measured ?? claim.predicted);
  const sign = { equals: '', atMost: '≤ ', atLeast: '≥ ' }[claim.relation ?? 'equals'];
  const margin = claim.margin === undefined ? '' : ` ± ${formatNumber(claim.margin, 3)}`;
  return {
    predicted: `${sign}${formatNumber(claim.predicted)}${margin}`,
    measured: measured === null ? '—' : show(measured),
    interval:
      low === null && high === null ? '—' : `[${low === null ? '−∞' : show(low)}, ${high === null ? '∞' : show(high)}]`,
  };
}

/** How to write numbers that are known only up to the interval [low, high]. */
export function estimateFormat(low: number, high: number, measured: number): (value: number) => string {
  const half = (high - low) / 2;
  if (!(half > 0)) return (value) => formatNumber(value, 6);
  const size = Math.max(Math.abs(low), Math.abs(high), Math.abs(measured));
  const last = Math.floor(Math.log10(half)) - 1;
  if (size < 1e-3 || size >= 1e7) {
    const digits = Math.min(6, Math.max(1, Math.floor(Math.log10(size)) - last));
    return (value) => minus(scientific(value, digits));
  }
  const decimals = Math.min(6, Math.max(0, -last));
  return (value) => minus(value.toFixed(decimals).replace(/^-(0(\.0+)?)$/, '$1'));
}

function scientific(value: number, decimals: number): string {
  if (value === 0) return '0';
  return value
    .toExponential(Math.max(0, decimals))
    .replace(/(\.\d*?)0+e/, '$1e')
    .replace('.e', 'e')
    .replace('e+', 'e');
}

function minus(text: string): string {
  return text.replaceAll('-', '−');
}
