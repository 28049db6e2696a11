import type { Stream } from './stream.ts';
import { zigguratTable } from './ziggurat.ts';

/** Where the tail begins, for 256 layers of equal area; test/random/ziggurat.test.ts solves for it anew. */
const TAIL = 7.69711747013105;
const TABLE = zigguratTable(TAIL, {
  density: (x) => Math.exp(-x),
  inverse: (y) => -Math.log(y),
  tailArea: (x) => Math.exp(-x),
});

/**
 * One exponential number with mean 1, exact up to rounding: beyond the last layer the law begins anew (it has no
 * memory). Ziggurat with 256 layers, as in `normal`.
 */
export function exponential(rng: Stream): number {
  const { edge, scale, height } = TABLE;
  let start = 0;
  for (;;) {
    const word = rng.nextInt32();
    const layer = word >>> 24;
    const position = ((word >>> 2) & 0x1fffff) * 2147483648 + (rng.nextInt32() >>> 1) + 0.5;
    const x = position * scale[layer]!;
    if (x < edge[layer + 1]!) return start + x;
    if (layer === 0) {
      start += TAIL;
      continue;
    }
    const y = height[layer]! + rng.uniform() * (height[layer + 1]! - height[layer]!);
    if (y < Math.exp(-x)) return start + x;
  }
}
