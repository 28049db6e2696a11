import { exp, log } from './elementary.ts';
import { exponential } from './exponential.ts';
import type { Stream } from './stream.ts';
import { zigguratTable } from './ziggurat.ts';

/** Where the tail begins, for 256 layers of equal area; test/random/ziggurat.test.ts solves for it anew. */
const TAIL = 3.654152885361009;
const {
  edge: EDGE,
  scale: SCALE,
  height: HEIGHT,
} = zigguratTable(TAIL, {
  density: (x) => exp(-0.5 * x * x),
  inverse: (y) => Math.sqrt(-2 * log(y)),
  tailArea: normalTailArea,
});

/**
 * One standard normal number, exact up to rounding, tail included. Nothing is kept from one call to the next.
 *
 * Ziggurat with 256 layers; layer, sign and position come from separate bits of two words, and 98.8 % of the calls need
 * no more. G. Marsaglia, W. W. Tsang, J. Stat. Software 5(8), 2000; J. A. Doornik, 2005 (why the bits must be separate).
 */
export function normal(rng: Stream): number {
  const word = rng.nextInt32();
  const layer = word >>> 24;
  const x = (((word >>> 2) & 0x1fffff) * 2147483648 + (rng.nextInt32() >>> 1) + 0.5) * SCALE[layer]!;
  const size = x < EDGE[layer + 1]! ? x : beyond(rng, layer, x);
  return (1 - ((word >>> 22) & 2)) * size; // bit 23 is the sign; a branch on it would be mispredicted half the time
}

/** Fills `out[0 … count-1]` (default: all of it) with independent standard normal numbers. */
export function fillNormal(rng: Stream, out: Float64Array, count: number = out.length): void {
  for (let i = 0; i < count; i++) out[i] = normal(rng);
}

/** Position x of the layer lies outside the layer above it: in the tail, under the curve, or rejected. */
function beyond(rng: Stream, layer: number, x: number): number {
  if (layer === 0) return tail(rng);
  const y = HEIGHT[layer]! + rng.uniform() * (HEIGHT[layer + 1]! - HEIGHT[layer]!);
  return y < exp(-0.5 * x * x) ? x : Math.abs(normal(rng));
}

/** |X| given |X| > TAIL, by rejection from an exponential (G. Marsaglia 1964); accepted with probability 0.94. */
function tail(rng: Stream): number {
  for (;;) {
    const x = exponential(rng) / TAIL;
    if (2 * exponential(rng) > x * x) return TAIL + x;
  }
}

/** ∫_r^∞ e^(-x²/2) dx by the continued fraction of Mills' ratio (Laplace); 60 levels are exact to rounding for r > 3. */
function normalTailArea(r: number): number {
  let denominator = r;
  for (let k = 60; k >= 1; k--) denominator = r + k / denominator;
  return exp(-0.5 * r * r) / denominator;
}
