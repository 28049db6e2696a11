import type { SteppingProblem } from '../scheme.ts';
import { noiseTerms } from './noise-terms.ts';

/** The stages of SRIW1 over a cloud, for its fixed and its adaptive form. */
export interface Sriw1Stages {
  /** Evaluates what a step from this cloud begins with; it does not depend on the step's length. */
  begin(from: number): void;
  /** The stages of a step, after `begin`. */
  run(from: number, to: number): void;
  /** Entry i of the cloud at the end of the last step. */
  readonly next: Float64Array;
  /** What the step of strong order 1 that is embedded in it lacks. */
  readonly error: Float64Array;
  readonly drift: Float64Array;
  readonly diffusion: Float64Array;
}

/*
 * SRIW1 of A. Rößler, SIAM J. Numer. Anal. 48 (2010) 922–952, table 6.1, for scalar noise, and for diagonal noise in which σ_i is a function
 * of x_i. With r = √h, I₁ = ΔW, I₁₁ = (ΔW² − h)/2, I₁₁₁ = (ΔW³ − 3hΔW)/6 and I₁₀ = h(ΔW/2 + H):
 *
 *     b₁ = b(x, t),          y = x + ¾ h b₁ + (3/2) σ₁ I₁₀/h,    b₂ = b(y, t + ¾h)
 *     σ₁ = σ(x, t),          σ₂ = σ(x + ¼ h b₁ + ½ r σ₁, t + ¼h)
 *     σ₃ = σ(x + h b₁ − r σ₁, t + h),       σ₄ = σ(x + ¼ h b₁ + r(−5σ₁ + 3σ₂ + ½σ₃), t + ¼h)
 *     x ← x + h(⅓ b₁ + ⅔ b₂) + (−σ₁ + 4/3 σ₂ + ⅔ σ₃) I₁ + (−σ₁ + 4/3 σ₂ − ⅓ σ₃) I₁₁/r
 *           + (2σ₁ − 4/3 σ₂ − ⅔ σ₃) I₁₀/h + (−2σ₁ + 5/3 σ₂ − ⅔ σ₃ + σ₄) I₁₁₁/h
 *
 * Mean field: b sees the statistic of its own stage. The stages of σ are shifted by ±√h for all particles alike, which says nothing
 * about the law at that time; σ sees the line through the statistics of x and y (time t + ¾h) instead.
 */

/** Makes the scratch memory of the stages. */
export function sriw1Stages({ process, cloud, brownian }: SteppingProblem): Sriw1Stages {
  const p = process.dimension;
  const terms = noiseTerms(process);
  const n = cloud.length;
  const start = new Float64Array(process.statisticSize);
  const later = new Float64Array(process.statisticSize);
  const line = new Float64Array(process.statisticSize);
  const [b1, b2, stage, next, error] = Array.from({ length: 5 }, () => new Float64Array(n)) as Five;
  const [s1, s2, s3, s4] = Array.from({ length: 4 }, () => new Float64Array(n)) as Five;
  const dW = new Float64Array(brownian.paths);
  const mean = new Float64Array(brownian.paths);
  const pathOf = terms.diagonal ? (i: number) => i : (i: number) => Math.floor(i / p);

  const sigmaAt = (fraction: number, t: number, out: Float64Array) => {
    for (let j = 0; j < line.length; j++) line[j] = start[j]! + (fraction / 0.75) * (later[j]! - start[j]!);
    process.diffusionInto(stage, line, t, out);
  };

  return {
    next,
    error,
    drift: b1,
    diffusion: s1,
    begin(from) {
      process.statisticInto(cloud, start);
      process.driftInto(cloud, start, from, b1);
      process.diffusionInto(cloud, start, from, s1);
    },
    run(from, to) {
      const h = to - from;
      const r = Math.sqrt(h);
      brownian.incrementAndAreaInto(from, to, dW, mean);
      for (let i = 0; i < mean.length; i++) mean[i]! += 0.5 * dW[i]!;

      for (let i = 0; i < n; i++) stage[i] = cloud[i]! + 0.75 * h * b1[i]! + 1.5 * s1[i]! * mean[pathOf(i)]!;
      process.statisticInto(stage, later);
      process.driftInto(stage, later, from + 0.75 * h, b2);

      for (let i = 0; i < n; i++) stage[i] = cloud[i]! + 0.25 * h * b1[i]! + 0.5 * r * s1[i]!;
      sigmaAt(0.25, from + 0.25 * h, s2);
      for (let i = 0; i < n; i++) stage[i] = cloud[i]! + h * b1[i]! - r * s1[i]!;
      sigmaAt(1, to, s3);
      for (let i = 0; i < n; i++)
        stage[i] = cloud[i]! + 0.25 * h * b1[i]! + r * (-5 * s1[i]! + 3 * s2[i]! + 0.5 * s3[i]!);
      sigmaAt(0.25, from + 0.25 * h, s4);

      for (let i = 0; i < n; i++) {
        const k = pathOf(i);
        const w = dW[k]!;
        const i11 = (w * w - h) / (2 * r);
        const i111 = (w * w * w - 3 * h * w) / (6 * h);
        const [u1, u2, u3, u4] = [s1[i]!, s2[i]!, s3[i]!, s4[i]!];
        // Without these terms and with b₁ for b₂ the order is 1.
        const high =
          (2 * u1 - (4 / 3) * u2 - (2 / 3) * u3) * mean[k]! + (-2 * u1 + (5 / 3) * u2 - (2 / 3) * u3 + u4) * i111;
        const bend = ((2 * h) / 3) * (b2[i]! - b1[i]!);
        const low = (-u1 + (4 / 3) * u2 + (2 / 3) * u3) * w + (-u1 + (4 / 3) * u2 - (1 / 3) * u3) * i11;
        error[i] = bend + high;
        next[i] = cloud[i]! + h * b1[i]! + low + error[i]!;
      }
    },
  };
}

type Five = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
