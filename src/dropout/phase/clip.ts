/** A point of the plane: [learning-rate exponent a, keep-rate exponent b]. */
export type ExponentPair = readonly [a: number, b: number];

/** The half-plane u·a + v·b ≤ w. */
export type HalfPlane = readonly [u: number, v: number, w: number];

/** How far the point is outside: positive beyond the border, 0 on it. */
export function excess([u, v, w]: HalfPlane, [a, b]: ExponentPair): number {
  return u * a + v * b - w;
}

/** A convex polygon cut by one half-plane (Sutherland–Hodgman); empty where no area is left. */
export function clipPolygon(polygon: readonly ExponentPair[], side: HalfPlane): readonly ExponentPair[] {
  const out: ExponentPair[] = [];
  for (let i = 0; i < polygon.length; i++) {
    const from = polygon[i]!;
    const to = polygon[(i + 1) % polygon.length]!;
    const before = excess(side, from);
    const after = excess(side, to);
    if (before <= 0) out.push(from);
    if ((before < 0 && after > 0) || (before > 0 && after < 0)) out.push(between(from, to, before / (before - after)));
  }
  return area(out) > 0 ? out : [];
}

/** What a segment's ends become; empty where it only touches or misses the half-plane. */
export function clipSegment(ends: readonly ExponentPair[], side: HalfPlane): readonly ExponentPair[] {
  const [from, to] = ends;
  if (from === undefined || to === undefined) return [];
  const before = excess(side, from);
  const after = excess(side, to);
  if (before >= 0 && after >= 0 && (before > 0 || after > 0)) return [];
  if (before > 0) return [between(from, to, before / (before - after)), to];
  if (after > 0) return [from, between(from, to, before / (before - after))];
  return ends;
}

function between(from: ExponentPair, to: ExponentPair, share: number): ExponentPair {
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

function area(polygon: readonly ExponentPair[]): number {
  let twice = 0;
  for (let i = 0; i < polygon.length; i++) {
    const [a, b] = polygon[i]!;
    const [c, d] = polygon[(i + 1) % polygon.length]!;
    twice += a * d - b * c;
  }
  return twice / 2;
}
