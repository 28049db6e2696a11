/** The middle value; of an even number, the lower of the two. */
export function median(values: readonly number[]): number {
  return at(values, 0.5);
}

/** The values a quarter from either end. */
export function quartiles(values: readonly number[]): [number, number] {
  return [at(values, 0.25), at(values, 0.75)];
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))]!;
}

/** The slope of log y against log x by least squares. */
export function logSlope(x: readonly number[], y: readonly number[]): number {
  const [u, v] = [x.map(Math.log), y.map(Math.log)];
  const [meanU, meanV] = [mean(u), mean(v)];
  const products = u.map((value, k) => (value - meanU) * (v[k]! - meanV));
  return mean(products) / mean(u.map((value) => (value - meanU) ** 2));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
