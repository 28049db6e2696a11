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
