/** Thrown by a law that does not hold of what it was given. */
export class LawViolation extends Error {
  override readonly name = 'LawViolation';

  /**
   * @param law - its name, e.g. `permutation invariance`
   * @param detail - what was found and what was expected
   */
  constructor(
    readonly law: string,
    detail: string,
  ) {
    super(`${law}: ${detail}`);
  }
}

/** How far numbers may be apart that would be equal without rounding. */
export interface Tolerance {
  /** Relative to the largest entry of either side, or to 1 if all are smaller. */
  readonly tolerance?: number;
}

/** Throws a LawViolation unless both have the same length and entries that agree up to `tolerance` (default 1e-10). */
export function expectClose(
  law: string,
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { tolerance = 1e-10 }: Tolerance = {},
): void {
  if (actual.length !== expected.length)
    throw new LawViolation(law, `${what} has ${actual.length} numbers, expected ${expected.length}`);
  let scale = 1;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(actual[i]!), Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++)
    // Written so that NaN fails.
    if (!(Math.abs(actual[i]! - expected[i]!) <= tolerance * scale))
      throw new LawViolation(
        law,
        `${what} [${i}] is ${actual[i]}, expected ${expected[i]} (difference ${actual[i]! - expected[i]!}, allowed ${tolerance * scale})`,
      );
}
