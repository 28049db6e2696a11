/** An error at one step, with the standard error of its measurement (0 if exact). */
export interface Measured {
  readonly step: number;
  readonly error: number;
  readonly standardError: number;
}

export interface FittedOrder {
  /** `unresolved`: too few errors stand out of the noise, or the interval is too wide to tell orders apart. */
  readonly verdict: 'confirmed' | 'contradicted' | 'unresolved';
  readonly slope: number;
  /** half-width of the interval */
  readonly within: number;
  /** how many errors stood out of the noise */
  readonly used: number;
}

/** Errors below this many standard errors are noise: they take no part. */
const NOISE = 6;
/** Normal quantile of the interval: two-sided false-alarm probability 7e-6 in Gaussian noise. */
const Z = 4.5;
/** An interval wider than this can't tell an order from its neighbours. */
const WIDEST = 0.6;
/** At the longest step the next-order term is expected within this fraction of the leading one (one standard deviation). */
const NEXT_ORDER = 0.5;
/** And what comes after it, by which points at long steps are trusted less. */
const BEYOND = 0.1;

/**
 * Fits log|error| = const + order·log h + c·h, the power law with its next-order term, by weighted least squares over the steps whose errors
 * stand out of the noise; c has a normal prior (`NEXT_ORDER`), so that three steps suffice. The interval of the order covers Monte Carlo
 * error and both further terms.
 */
export function fitOrder(data: readonly Measured[], declared: number): FittedOrder {
  const clear = data.filter(({ error, standardError }) => Math.abs(error) > NOISE * standardError && error !== 0);
  if (clear.length < 3) return { verdict: 'unresolved', slope: Number.NaN, within: Infinity, used: clear.length };
  const longest = Math.max(...clear.map(({ step }) => step));
  const rows = clear.map(({ step, error, standardError }) => {
    const h = step / longest;
    const sd = Math.hypot(standardError / error, BEYOND * h * h, 1e-3);
    return { row: [1, Math.log(step), h], y: Math.log(Math.abs(error)), sd };
  });
  rows.push({ row: [0, 0, 1], y: 0, sd: NEXT_ORDER });
  const normal = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => rows.reduce((sum, { row, sd }) => sum + (row[i]! * row[j]!) / sd ** 2, 0)),
  );
  const right = [0, 1, 2].map((i) => rows.reduce((sum, { row, y, sd }) => sum + (row[i]! * y) / sd ** 2, 0));
  const slope = solve3(normal, right)[1]!;
  const within = Z * Math.sqrt(solve3(normal, [0, 1, 0])[1]!);
  const inside = Math.abs(slope - declared) <= within;
  const verdict = within > WIDEST ? 'unresolved' : inside ? 'confirmed' : 'contradicted';
  return { verdict, slope, within, used: clear.length };
}

/** Cramer's rule. */
function solve3(a: readonly number[][], b: readonly number[]): number[] {
  const det = (m: readonly (readonly number[])[]) =>
    m[0]![0]! * (m[1]![1]! * m[2]![2]! - m[1]![2]! * m[2]![1]!) -
    m[0]![1]! * (m[1]![0]! * m[2]![2]! - m[1]![2]! * m[2]![0]!) +
    m[0]![2]! * (m[1]![0]! * m[2]![1]! - m[1]![1]! * m[2]![0]!);
  const whole = det(a);
  return [0, 1, 2].map((k) => det(a.map((row, i) => row.map((v, j) => (j === k ? b[i]! : v)))) / whole);
}
