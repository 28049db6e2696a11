import * as fc from 'fast-check';
import { type Stream, stream } from '../../random/index.ts';
import { described } from '../described.ts';

/** Seeds 0 … 2³¹ - 1, which shrink to 0: that every seed does then shows at once. */
export function seeds(): fc.Arbitrary<number> {
  return fc.nat({ max: 2 ** 31 - 1 });
}

/** Streams by their seeds. */
export function streams(): fc.Arbitrary<Stream> {
  return seeds().map((seed) => described(stream(seed), `stream(${seed})`));
}
