/** The order of errors that are known without noise. */
export interface ExactOrder {
  readonly order: number;
  /** half-width of the interval, from what the coarsest step changes */
  readonly within: number;
}

/**
 * Fits log|error| = order·log h + const + c·h, which allows for the next term of an expansion h^order(a + bh + …). There is no noise: what
 * is uncertain is how far the expansion holds, and that shows in how much the order changes without the coarsest step.
 *
 * @param data - at least 3 steps; from 3 alone the interval can't be told, and is ±0.15
 */
export function fitExactOrder(data: readonly { readonly step: number; readonly error: number }[]): ExactOrder {
  const sorted = [...data].sort((a, b) => b.step - a.step);
  const order = slope(sorted);
  if (sorted.length < 4) return { order, within: 0.15 };
  return { order, within: 0.03 + 2 * Math.abs(order - slope(sorted.slice(1))) };
}

/** The coefficient of log h in the least squares fit of log|error| by 1, log h and h. */
function slope(data: readonly { readonly step: number; readonly error: number }[]): number {
  const h = data.map(({ step }) => step);
  const without = (v: readonly number[]) => {
    const centred = centre(v);
    const direction = centre(h);
    const share = dot(centred, direction) / dot(direction, direction);
    return centred.map((value, i) => value - share * direction[i]!);
  };
  const x = without(h.map(Math.log));
  const y = data.map(({ error }) => Math.log(Math.abs(error)));
  return dot(x, y) / dot(x, x);
}

function centre(v: readonly number[]): number[] {
  const mean = v.reduce((sum, value) => sum + value, 0) / v.length;
  return v.map((value) => value - mean);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
