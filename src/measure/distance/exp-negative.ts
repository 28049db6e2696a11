const POWERS = Float64Array.from({ length: 16 * 64 + 1 }, (_, k) => 2 ** (-k / 16));

/**
 * e^(−x) for x in [0, 44], with a relative error of at most 2e-16·(1 + x): a table of 2^(−k/16), of 8 kB so that it leaves room in
 * the first cache, and the series for the rest, |r| ≤ 0.022.
 */
export function expNegative(x: number): number {
  const k = (x * 23.083120654223414 + 0.5) | 0; // 16 / ln 2
  const r = k * 0.04332169878499658 - x;
  const tail = 1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040)));
  return POWERS[k]! * (1 + r * (1 + r * (0.5 + r * (1 / 6 + r * tail))));
}
