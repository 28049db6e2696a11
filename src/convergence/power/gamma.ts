import { normal } from '../../random/normal.ts';
import type { Stream } from '../../random/stream.ts';

/** Γ(shape, 1) by G. Marsaglia, W. W. Tsang (ACM TOMS 26, 2000); shape > 0. */
export function gamma(rng: Stream, shape: number): number {
  if (shape < 1) return gamma(rng, shape + 1) * rng.uniformOpen() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(rng);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(rng.uniformOpen()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** χ²_k/k: what an estimated variance with k degrees of freedom is to the true one; 1 for k = Infinity. */
export function meanSquare(rng: Stream, degrees: number): number {
  return degrees === Infinity ? 1 : (2 / degrees) * gamma(rng, degrees / 2);
}
