import type { OneStep } from '../fixed-step.ts';
import type { SteppingProblem } from '../scheme.ts';

/** An explicit Runge–Kutta method: rows of A below the diagonal, weights b, nodes c. */
export interface ButcherTableau {
  readonly a: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly c: readonly number[];
}

/** One step of a tableau over a whole cloud; the statistic is recomputed from the stage's own cloud at each stage. */
export function explicitRungeKutta({ process, cloud }: SteppingProblem, { a, b, c }: ButcherTableau): OneStep {
  const length = cloud.length;
  const s = new Float64Array(process.statisticSize);
  const stage = new Float64Array(length);
  const slopes = b.map(() => new Float64Array(length));
  return {
    advance(from, to) {
      const h = to - from;
      for (let k = 0; k < b.length; k++) {
        stage.set(cloud);
        for (let l = 0; l < k; l++) addScaled(stage, h * a[k]![l]!, slopes[l]!);
        process.slopeInto(stage, s, from + c[k]! * h, slopes[k]!);
      }
      for (let k = 0; k < b.length; k++) addScaled(cloud, h * b[k]!, slopes[k]!);
    },
  };
}

/** out += factor · values */
export function addScaled(out: Float64Array, factor: number, values: Float64Array): void {
  if (factor === 0) return;
  for (let i = 0; i < out.length; i++) out[i]! += factor * values[i]!;
}
