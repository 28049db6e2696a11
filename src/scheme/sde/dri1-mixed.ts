import type { SteppingProblem } from '../scheme.ts';
import { BETA_3, BETA_4, MIXED_SHIFTED, MIXED_START } from './dri1-tableau.ts';
import type { NoiseTerms } from './noise-terms.ts';
import { weakIterated } from './weak-increments.ts';

/** What a step of DRI1 knows when it comes to the columns that meet each other. */
export interface Dri1Step {
  readonly sigma: Float64Array;
  readonly up: Float64Array;
  readonly down: Float64Array;
  readonly three: Float64Array;
  readonly two: Float64Array;
  readonly s: Float64Array;
  readonly from: number;
  readonly h: number;
}

/** The part of DRI1 (dri1-tableau.ts) in which columns of σ see each other, added to `next`; 2k evaluations of σ. */
export function mixedColumns(
  { process, cloud }: SteppingProblem,
  { columns: k, length }: NoiseTerms,
): (step: Dri1Step, next: Float64Array) => void {
  const p = process.dimension;
  const v = new Float64Array(cloud.length);
  const stage = new Float64Array(cloud.length);
  const [plus, minus] = [new Float64Array(length), new Float64Array(length)];

  const mixInto = ({ sigma, up, down, three, two, h }: Dri1Step, j: number) => {
    v.fill(0);
    const r = Math.sqrt(h);
    for (let i = 0; i < process.count; i++)
      for (let l = 0; l < k; l++) {
        if (l === j) continue;
        const weight = weakIterated(three, two, i * k, j, l, h) / r;
        for (let row = i * p; row < (i + 1) * p; row++) {
          const at = row * k + l;
          v[row]! += weight * (MIXED_START * sigma[at]! + MIXED_SHIFTED * (up[at]! + down[at]!));
        }
      }
  };

  return (step, next) => {
    const { sigma, three, s, from, h } = step;
    const r = Math.sqrt(h);
    for (let j = 0; j < k; j++) {
      mixInto(step, j);
      for (let i = 0; i < v.length; i++) stage[i] = cloud[i]! + v[i]!;
      process.diffusionInto(stage, s, from, plus);
      for (let i = 0; i < v.length; i++) stage[i] = cloud[i]! - v[i]!;
      process.diffusionInto(stage, s, from, minus);
      for (let row = 0; row < next.length; row++) {
        const at = row * k + j;
        const wave = three[Math.floor(row / p) * k + j]!;
        next[row]! += BETA_3 * (plus[at]! + minus[at]! - 2 * sigma[at]!) * wave + BETA_4 * (plus[at]! - minus[at]!) * r;
      }
    }
  };
}

/** out[·, j] = values[·, j] of matrices with k columns. */
export function copyColumn(values: Float64Array, j: number, k: number, out: Float64Array): void {
  for (let at = j; at < out.length; at += k) out[at] = values[at]!;
}
