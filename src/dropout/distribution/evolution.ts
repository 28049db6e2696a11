import type { Measure } from '../../measure/index.ts';

/** A law on its way: what each representation makes of a phase and a task. */
export interface Evolution {
  /** Makes one step of length h (a Bernoulli step has the length of its clock). */
  advance(h: number): void;
  /** The law as weighted atoms; the arrays may change at the next step. */
  atoms(): { readonly particles: Float64Array; readonly weights: Float64Array };
  /** The law as a value of its own. */
  measure(): Measure;
}
