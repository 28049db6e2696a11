/** |ΔW| beyond this many √h has probability 1/3. */
const THRESHOLD = 0.967421566101701;

/**
 * Three-point variables with the moments of ΔW up to order 5: ±√(3h) with probability 1/6 each, else 0. As functions of ΔW, so that they
 * follow the path. `out` may be `increments`.
 */
export function threePoint(increments: Float64Array, h: number, out: Float64Array): void {
  const threshold = THRESHOLD * Math.sqrt(h);
  const size = Math.sqrt(3 * h);
  for (let i = 0; i < increments.length; i++) {
    const w = increments[i]!;
    out[i] = w > threshold ? size : w < -threshold ? -size : 0;
  }
}

/** Two-point variables ±√h from the signs of symmetric numbers that are independent of ΔW. `out` may be `areas`. */
export function twoPoint(areas: Float64Array, h: number, out: Float64Array): void {
  const size = Math.sqrt(h);
  for (let i = 0; i < areas.length; i++) out[i] = areas[i]! < 0 ? -size : size;
}

/**
 * The weak substitute of the iterated integral ∫∫dW_k dW_l of one particle, whose first path is `first`.
 * D. Talay 1984; A. Rößler, SIAM J. Numer. Anal. 47 (2009) 1713–1738, (2.6).
 */
export function weakIterated(
  three: Float64Array,
  two: Float64Array,
  first: number,
  k: number,
  l: number,
  h: number,
): number {
  const product = three[first + k]! * three[first + l]!;
  const root = Math.sqrt(h);
  if (k < l) return 0.5 * (product - root * two[first + k]!);
  return k > l ? 0.5 * (product + root * two[first + l]!) : 0.5 * (product - h);
}
