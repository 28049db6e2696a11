import type { SteppingProblem } from '../scheme.ts';
import { alongColumn, type NoiseTerms } from './noise-terms.ts';

/** (Dσ_j)σ_k of every particle, `[N, p]` for diagonal and scalar noise, `[N, p, k, k]` for general noise; own scratch memory. */
export type DiffusionSlopes = (s: Float64Array, t: number, h: number, sigma: Float64Array) => Float64Array;

/** From the user's derivative, or from differences of σ over √h along each of its columns (E. Platen 1984). */
export function diffusionSlopes({ process, cloud }: SteppingProblem, terms: NoiseTerms): DiffusionSlopes {
  const given = process.diffusionDerivativeInto;
  const k = terms.diagonal ? 1 : terms.columns;
  const slope = new Float64Array(terms.length * k);
  if (given)
    return (s, t) => {
      given(cloud, s, t, slope);
      return slope;
    };
  const shifted = new Float64Array(cloud.length);
  const moved = new Float64Array(terms.length);
  return (s, t, h, sigma) => {
    const root = Math.sqrt(h);
    for (let l = 0; l < k; l++) {
      alongColumn(terms, cloud, sigma, l, root, shifted);
      process.diffusionInto(shifted, s, t, moved);
      for (let at = 0; at < sigma.length; at++) slope[at * k + l] = (moved[at]! - sigma[at]!) / root;
    }
    return slope;
  };
}
