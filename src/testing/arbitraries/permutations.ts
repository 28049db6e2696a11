import * as fc from 'fast-check';
import { vectors } from './numbers.ts';

/** A permutation of any length up to the one it was drawn for. */
export type Permutation = (length: number) => number[];

/** Permutations of up to `maxLength` things, which shrink to the identity. Entry i of the result is the old place of what comes to place i. */
export function permutations(maxLength: number): fc.Arbitrary<Permutation> {
  return vectors(maxLength, fc.nat({ max: 1_000_000 })).map((ranks) =>
    Object.defineProperty(
      (length: number) => Array.from({ length }, (_, i) => i).sort((i, j) => ranks[i]! - ranks[j]! || i - j),
      fc.toStringMethod,
      { value: () => `permutation by the ranks ${JSON.stringify(ranks)}` },
    ),
  );
}
