import { exp, log } from './elementary.ts';
import type { Stream } from './stream.ts';
import { zigguratTable } from './ziggurat.ts';

/** Where the tail begins, for 256 layers of equal area; test/random/ziggurat.test.ts solves for it anew. */
const TAIL = 7.69711747013105;
const {
  edge: EDGE,
  scale: SCALE,
  height: HEIGHT,
} = zigguratTable(TAIL, {
  density: (x) => exp(-x),
  inverse: (y) => -log(y),
  tailArea: (x) => exp(-x),
});

/**
 * One exponential number with mean 1, exact up to rounding: beyond the last layer the law begins anew, because it has
 * no memory. Always above 0. Ziggurat with 256 layers, as in `normal`; 98.9 % of the calls need two words.
 */
export function exponential(rng: Stream): number {
  const word = rng.nextInt32();
  const layer = word >>> 24;
  const x = (((word >>> 2) & 0x1fffff) * 2147483648 + (rng.nextInt32() >>> 1) + 0.5) * SCALE[layer]!;
  return x < EDGE[layer + 1]! ? x : beyond(rng, layer, x);
}

/** Position x of the layer lies outside the layer above it: in the tail, under the curve, or rejected. */
function beyond(rng: Stream, layer: number, x: number): number {
  if (layer === 0) return TAIL + exponential(rng);
  const y = HEIGHT[layer]! + rng.uniform() * (HEIGHT[layer + 1]! - HEIGHT[layer]!);
  return y < exp(-x) ? x : exponential(rng);
}
