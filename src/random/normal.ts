import type { Stream } from './stream.ts';
import { zigguratTable } from './ziggurat.ts';

/** Where the tail begins, for 256 layers of equal area; test/random/ziggurat.test.ts solves for it anew. */
const TAIL = 3.654152885361009;
const TABLE = zigguratTable(TAIL, {
  density: (x) => Math.exp(-0.5 * x * x),
  inverse: (y) => Math.sqrt(-2 * Math.log(y)),
  tailArea: normalTailArea,
});

/**
 * One standard normal number, exact up to rounding, tail included: no state is kept between calls.
 *
 * Ziggurat with 256 layers; layer, sign and position come from separate bits of two words.
 * G. Marsaglia, W. W. Tsang, J. Stat. Software 5(8), 2000; J. A. Doornik, 2005 (why the bits must be separate).
 */
export function normal(rng: Stream): number {
  const { edge, scale, height } = TABLE;
  for (;;) {
    const word = rng.nextInt32();
    const layer = word >>> 24;
    const position = ((word >>> 2) & 0x1fffff) * 2147483648 + (rng.nextInt32() >>> 1) + 0.5;
    const x = position * scale[layer]!;
    if (x < edge[layer + 1]!) return word & 0x800000 ? -x : x;
    if (layer === 0) return word & 0x800000 ? -tail(rng) : tail(rng);
    const y = height[layer]! + rng.uniform() * (height[layer + 1]! - height[layer]!);
    if (y < Math.exp(-0.5 * x * x)) return word & 0x800000 ? -x : x;
  }
}

/** Fills `out[0 … count-1]` (default: all of it) with independent standard normal numbers. */
export function fillNormal(rng: Stream, out: Float64Array, count: number = out.length): void {
  for (let i = 0; i < count; i++) out[i] = normal(rng);
}

/** |X| given |X| > TAIL, by rejection from an exponential (Marsaglia 1964): accepted with probability 0.94. */
function tail(rng: Stream): number {
  for (;;) {
    const x = -Math.log(rng.uniformOpen()) / TAIL;
    const y = -Math.log(rng.uniformOpen());
    if (y + y > x * x) return TAIL + x;
  }
}

/** ∫_r^∞ e^(-x²/2) dx by the continued fraction of Mills' ratio (Laplace); 60 levels are exact to rounding for r > 3. */
function normalTailArea(r: number): number {
  let denominator = r;
  for (let k = 60; k >= 1; k--) denominator = r + k / denominator;
  return Math.exp(-0.5 * r * r) / denominator;
}
