// Nodes in (0, 1) and weights of the 8-point Gauss–Legendre rule on [−1, 1]; the other half is their mirror image.
const NODES = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const WEIGHTS = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

/**
 * ∫₀ᵗ (exp(z e^(−s)) − 1) ds for complex z = re + i im and t ≥ 0, to about 1e-14 of the integral of |exp(z e^(−s)) − 1|.
 * Gauss–Legendre on panels over which the exponent moves by at most one half. Cost O(t + |z|).
 */
export function exponentialTilt(re: number, im: number, t: number): { readonly re: number; readonly im: number } {
  const size = Math.hypot(re, im);
  let sumRe = 0;
  let sumIm = 0;
  for (let from = 0; from < t; ) {
    const to = Math.min(t, from + 0.5 / Math.max(1, size * Math.exp(-from)));
    const half = (to - from) / 2;
    for (let i = 0; i < 2 * NODES.length; i++) {
      const node = NODES[i >> 1]! * (i % 2 === 0 ? 1 : -1);
      const decay = Math.exp(-(from + half + half * node));
      const grown = Math.exp(re * decay);
      const sine = Math.sin((im * decay) / 2);
      const weight = half * WEIGHTS[i >> 1]!;
      sumRe += weight * (Math.expm1(re * decay) - 2 * grown * sine * sine);
      sumIm += weight * grown * Math.sin(im * decay);
    }
    // Far out the integrand is w + w²/2, w = z e^(−s), up to rounding: the rest is exact.
    if (to < t && size * Math.exp(-to) < 1e-8) {
      const first = Math.exp(-to) - Math.exp(-t);
      const second = (Math.exp(-2 * to) - Math.exp(-2 * t)) / 4;
      return { re: sumRe + re * first + (re * re - im * im) * second, im: sumIm + im * first + 2 * re * im * second };
    }
    from = to;
  }
  return { re: sumRe, im: sumIm };
}
