/** The smallest and largest of the numbers that `keep` lets through, or nothing if there is none. */
export function extent(
  values: Iterable<number>,
  keep: (value: number) => boolean = Number.isFinite,
): [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!keep(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : null;
}

/** Ticks of a log axis: 1, 2, 5 times powers of ten over short ranges, powers of ten over long ones, at most `most`. */
export function logTicks([low, high]: readonly [number, number], most = 8): number[] {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  for (const digits of [[1, 1.5, 2, 3, 4, 5, 6, 8], [1, 2, 3, 5], [1, 2, 5], [1, 3], [1]]) {
    const ticks: number[] = [];
    for (let e = from; e <= to; e++) for (const digit of digits) ticks.push(Number(`${digit}e${e}`));
    const inside = ticks.filter((tick) => tick >= low && tick <= high);
    if (inside.length <= most) return inside;
    if (digits.length === 1) return inside.filter((_, i) => i % Math.ceil(inside.length / most) === 0);
  }
  return [];
}

/** A log domain with room at both ends: `share` of its length, at least a few percent of the value. */
export function padLog([low, high]: readonly [number, number], share = 0.06): [number, number] {
  const pad = Math.max(1.05, (high / low) ** share);
  return [low / pad, high * pad];
}

/** A linear domain with room at both ends. */
export function padLinear([low, high]: readonly [number, number], share = 0.06): [number, number] {
  const pad = (high - low) * share || Math.abs(low) * share || 1;
  return [low - pad, high + pad];
}
