import type { CloudProcess } from '../../process/over-cloud.ts';

/** How Brownian numbers enter a particle: `diagonal` entry by entry, `columns` as combinations of k columns (scalar: k = 1). */
export interface NoiseTerms {
  readonly diagonal: boolean;
  /** k, numbers of a particle */
  readonly columns: number;
  /** Length of σ over the cloud: N·p, or N·p·k. */
  readonly length: number;
  /** out += factor · σξ over the cloud; ξ is `[N, k]`, out `[N, p]`. */
  addInto(sigma: Float64Array, xi: Float64Array, factor: number, out: Float64Array): void;
}

/** The noise terms of a process with a diffusion. */
export function noiseTerms({ process, count, dimension, noises }: CloudProcess): NoiseTerms {
  const diagonal = process.diffusion?.noise === 'diagonal';
  return {
    diagonal,
    columns: noises,
    length: count * dimension * (diagonal ? 1 : noises),
    addInto: diagonal
      ? (sigma, xi, factor, out) => {
          for (let i = 0; i < out.length; i++) out[i]! += factor * sigma[i]! * xi[i]!;
        }
      : (sigma, xi, factor, out) => {
          for (let row = 0, at = 0; row < out.length; row++) {
            const first = Math.floor(row / dimension) * noises;
            let sum = 0;
            for (let j = 0; j < noises; j++) sum += sigma[at++]! * xi[first + j]!;
            out[row]! += factor * sum;
          }
        },
  };
}

/** out = x + factor · column j of σ, over the cloud; with diagonal noise of all entries at once. */
export function alongColumn(
  terms: NoiseTerms,
  x: Float64Array,
  sigma: Float64Array,
  j: number,
  factor: number,
  out: Float64Array,
): void {
  const k = terms.diagonal ? 1 : terms.columns;
  for (let i = 0; i < out.length; i++) out[i] = x[i]! + factor * sigma[i * k + j]!;
}
