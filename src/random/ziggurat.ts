/** Layers of equal area under a decreasing density on [0, ∞), from the base (0, with the tail) to the top (255). */
export interface ZigguratTable {
  /** Right edge of layer i; edge[0] is that of a rectangle as large as base and tail together; edge[256] = 0. [257] */
  readonly edge: Float64Array;
  /** Density at edge[i], so that layer i lies between height[i] and height[i + 1]; height[0] = 0. [257] */
  readonly height: Float64Array;
  /** edge[i]·2⁻⁵²: turns a 52-bit position into x. [256] */
  readonly scale: Float64Array;
}

/** A decreasing density on [0, ∞) with density(0) = 1, not normalized. */
export interface DecreasingDensity {
  density(x: number): number;
  /** The x with density(x) = y. */
  inverse(y: number): number;
  /** ∫_x^∞ density. */
  tailArea(x: number): number;
}

/** The table whose tail begins at `tail`. The layers close at the top (density 1 there) for one value of `tail` only. */
export function zigguratTable(tail: number, { density, inverse, tailArea }: DecreasingDensity): ZigguratTable {
  const edge = new Float64Array(257);
  const height = new Float64Array(257);
  const area = tail * density(tail) + tailArea(tail);
  edge[0] = area / density(tail);
  edge[1] = tail;
  height[1] = density(tail);
  for (let i = 2; i < 256; i++) {
    height[i] = height[i - 1]! + area / edge[i - 1]!;
    edge[i] = inverse(height[i]!);
  }
  height[256] = 1;
  return { edge, height, scale: edge.map((x) => x * 2 ** -52).subarray(0, 256) };
}
