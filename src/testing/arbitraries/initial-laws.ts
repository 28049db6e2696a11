import * as fc from 'fast-check';
import { fixedPoints, type InitialLaw, independentNormals } from '../../network/index.ts';
import { described } from '../described.ts';
import { positives, reals, vectors } from './numbers.ts';
import { points } from './points.ts';

/** Options of `initialLaws`. */
export interface InitialLawConstraints {
  /** p. Default 1. */
  readonly dimension?: number;
  /** Default both. */
  readonly kinds?: readonly ('normal' | 'points')[];
}

/** Laws of a neuron at time 0: independent normals (simplest: standard ones), or up to four fixed points. */
export function initialLaws({ dimension = 1, kinds }: InitialLawConstraints = {}): fc.Arbitrary<InitialLaw> {
  return initialLawMakers(dimension, kinds).map((make) => make(dimension));
}

/** Makers of laws in any dimension up to `maxDimension`, for tasks, whose dimension is drawn too. */
export function initialLawMakers(
  maxDimension: number,
  kinds: readonly ('normal' | 'points')[] = ['normal', 'points'],
): fc.Arbitrary<(dimension: number) => InitialLaw> {
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      scales: vectors(maxDimension, positives({ max: 1 })),
      means: fc.option(vectors(maxDimension, reals({ min: -1, max: 1 }))),
      rows: points({ dimension: maxDimension, maxCount: 4 }),
    })
    .map(({ kind, scales, means, rows }) => (dimension: number) => {
      if (kind === 'points') {
        const cut = rows.map((row) => row.slice(0, dimension));
        return described(fixedPoints(cut), `fixedPoints(${JSON.stringify(cut)})`);
      }
      const parts = [scales, ...(means === null ? [] : [means])].map((part) => part.slice(0, dimension));
      const text = parts.map((part) => JSON.stringify(part)).join(', ');
      return described(independentNormals(parts[0]!, parts[1]), `independentNormals(${text})`);
    });
}
