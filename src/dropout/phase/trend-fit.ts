/** A fit of y = log g on L = log n. */
export interface Fit {
  /** s in g ≈ C n^s (log n)^l. */
  readonly exponent: number;
  /** l, or 0 where it is not fitted. */
  readonly logExponent: number;
  /** Largest |y − fit|. */
  readonly residual: number;
}

/** Least squares of y on 1 and L: a power law. */
export function lineFit(L: Float64Array, y: Float64Array): Fit {
  const x = centred(L);
  const z = centred(y);
  const exponent = dot(z, x) / dot(x, x);
  return { exponent, logExponent: 0, residual: largest(minus(z, exponent, x)) };
}

/** Least squares of y on 1, L and log L: a power law with logarithms; all L above 0. Columns are made orthogonal one by one. */
export function powerLogFit(L: Float64Array, y: Float64Array): Fit {
  const x = centred(L);
  const logs = centred(L.map(Math.log));
  const slope = dot(logs, x) / dot(x, x);
  const bend = minus(logs, slope, x);
  const z = centred(y);
  const alongLine = dot(z, x) / dot(x, x);
  const rest = minus(z, alongLine, x);
  const logExponent = dot(rest, bend) / dot(bend, bend);
  return { exponent: alongLine - logExponent * slope, logExponent, residual: largest(minus(rest, logExponent, bend)) };
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(u: Float64Array, v: Float64Array): number {
  return u.reduce((sum, value, i) => sum + value * v[i]!, 0);
}

function minus(u: Float64Array, factor: number, v: Float64Array): Float64Array {
  return u.map((value, i) => value - factor * v[i]!);
}

function largest(values: Float64Array): number {
  return values.reduce((worst, value) => Math.max(worst, Math.abs(value)), 0);
}
