import type { Calculus, MeanFieldProcess } from '../../src/process/index.ts';
import type { TestProblem } from './problem.ts';

/** A problem with noise. */
export interface SdeProblem extends TestProblem {
  /** The solution at `until` from the values of its k Brownian motions there, where it is a function of them. */
  readonly pathwise?: (w: ArrayLike<number>) => number[];
}

/** Drift and diffusion of one particle, x and t to p numbers or p × k. */
export type Coefficient = (x: Float64Array, t: number) => ArrayLike<number>;

/** Writes what `of` returns, for problems without a statistic. */
export function written(of: Coefficient): (x: Float64Array, s: Float64Array, t: number, out: Float64Array) => void {
  return (x, _s, t, out) => {
    out.set(of(x, t));
  };
}

/**
 * One-dimensional dX = b dt + σ dW in Itô's sense, or the same process in Stratonovich's: its drift is b − ½σσ'. The scheme is
 * told σσ' if `tells` is true.
 */
export function scalarProcess(
  calculus: Calculus,
  b: (x: number, t: number) => number,
  sigma: (x: number, t: number) => number,
  slope: (x: number, t: number) => number,
  { additive = false, tells = false } = {},
): MeanFieldProcess {
  const correction = calculus === 'ito' ? 0 : 0.5;
  const product = (x: number, t: number) => sigma(x, t) * slope(x, t);
  return {
    dimension: 1,
    drift: { particle: written((x, t) => [b(x[0]!, t) - correction * product(x[0]!, t)]) },
    diffusion: {
      noise: 'scalar',
      calculus,
      additive,
      particle: written((x, t) => [sigma(x[0]!, t)]),
      ...(tells && { derivative: written((x, t) => [product(x[0]!, t)]) }),
    },
  };
}
