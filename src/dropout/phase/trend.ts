import { lineFit, powerLogFit } from './trend-fit.ts';

/** Where a positive sequence g(n) goes as n grows, as far as its values tell. */
export interface Trend {
  readonly limit: 'zero' | 'finite' | 'infinite' | 'undetermined';
  /** The limit: 0, a positive number, or null where infinite or undetermined. */
  readonly value: number | null;
  /** s in the fit g ≈ C n^s (log n)^l over the larger half of the widths (on the log scale). */
  readonly exponent: number;
  /** l in the same fit; 0 where logarithms do not make the fit much better. */
  readonly logExponent: number;
  /** Largest |log g − fit|: what oscillates, or is no such law at all. */
  readonly residual: number;
  /** How the limit was decided, or why it was not; one phrase. */
  readonly reason: string;
}

// What rounding and fast corrections leave of a constant over the last widths, on the log scale.
const FLAT = 1e-4;
// An exponent below this cannot be told from a logarithm over the widths that are looked at.
const FLAT_EXPONENT = 0.02;

/**
 * Decides the limit of g(n) from its values at growing log n, both `[k]`, ascending in n, evenly spaced in log n (docs/theory.md section 2.8).
 *
 * Constant when flat at the end; convergent when its changes over equal stretches of log n at least halve; to 0 or infinity when it follows a
 * power whose growth outweighs whatever oscillates, that logarithms do not explain away, and that lasts to the end.
 */
export function trendOf(logWidths: Float64Array, values: Float64Array): Trend {
  const logs = values.map(Math.log);
  const from = Math.floor(logs.length / 2);
  const L = logWidths.subarray(from);
  const y = logs.subarray(from);
  const line = lineFit(L, y);
  const curve = powerLogFit(L, y);
  const curved = curve.residual < line.residual / 4;
  const fit = {
    exponent: curved ? curve.exponent : line.exponent,
    logExponent: curved ? curve.logExponent : 0,
    residual: curved ? curve.residual : line.residual,
  };

  if (spread(y.subarray(Math.floor((2 * y.length) / 3))) <= FLAT) {
    const value = values[values.length - 1]!;
    return { limit: 'finite', value, ...fit, reason: 'constant over the largest widths' };
  }
  const settled = aitken(logs);
  if (settled !== null) {
    const reason = 'its changes over equal stretches of log n at least halve';
    return { limit: 'finite', value: Math.exp(settled), ...fit, reason };
  }

  const growth = Math.abs(line.exponent) * (L[L.length - 1]! - L[0]!);
  const end = Math.floor((3 * L.length) / 4);
  const ending = lineFit(L.subarray(end), y.subarray(end)).exponent;
  const direction = Math.sign(line.exponent);
  const lasts = ending * direction >= Math.abs(line.exponent) / 2;
  const power = Math.abs(line.exponent) > FLAT_EXPONENT && curve.exponent * direction > FLAT_EXPONENT;
  if (power && lasts && growth > 4 * line.residual)
    return direction < 0
      ? { limit: 'zero', value: 0, ...fit, reason: `falls as n^${line.exponent.toFixed(3)}` }
      : { limit: 'infinite', value: null, ...fit, reason: `grows as n^${line.exponent.toFixed(3)}` };
  return { limit: 'undetermined', value: null, ...fit, reason: doubt(fit, lasts) };
}

function doubt({ exponent, logExponent, residual }: Omit<Trend, 'reason' | 'limit' | 'value'>, lasts: boolean): string {
  if (residual > 0.02) {
    const law = `n^${exponent.toFixed(3)}`;
    return lasts
      ? `leaves ${law} by a factor of up to ${Math.exp(residual).toFixed(2)}`
      : `does not follow ${law} to the end: it oscillates or changes its law`;
  }
  return logExponent === 0
    ? `changes too slowly, as n^${exponent.toFixed(3)}, to tell where it goes`
    : `changes as n^${exponent.toFixed(3)} (log n)^${logExponent.toFixed(2)}: finite widths cannot tell where it goes`;
}

/** The limit of a sequence whose changes between block means at least halve, by Aitken's extrapolation; null where they do not. */
function aitken(values: Float64Array): number | null {
  const block = (i: number) => {
    const part = values.subarray(Math.floor((i * values.length) / 4), Math.floor(((i + 1) * values.length) / 4));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  };
  const [a, b, c, d] = [block(0), block(1), block(2), block(3)];
  const [first, second, third] = [b - a, c - b, d - c];
  if (Math.abs(second) > Math.abs(first) / 2 || Math.abs(third) > Math.abs(second) / 2) return null;
  return second === 0 ? d : d + (third * third) / (second - third);
}

function spread(values: Float64Array): number {
  return Math.max(...values) - Math.min(...values);
}
