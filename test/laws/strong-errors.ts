import { brownianTree } from '../../src/process/index.ts';
import { stream } from '../../src/random/index.ts';
import type { Scheme } from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';
import type { SdeProblem } from '../problems/sde-problem.ts';
import type { CoupledErrors } from './fit-coupled-order.ts';

/** ‖a − b‖ of each row. */
function distances(a: ArrayLike<number>, b: ArrayLike<number>, p: number): Float64Array {
  return Float64Array.from({ length: a.length / p }, (_, i) => {
    let square = 0;
    for (let j = i * p; j < (i + 1) * p; j++) square += (a[j]! - b[j]!) ** 2;
    return Math.sqrt(square);
  });
}

/**
 * ‖X_h − X‖ at the end for each path, all steps on the same Brownian paths; against the exact path where that is a function of W, else
 * against half the step (differences of neighbours have the same order).
 */
export function strongErrors(
  make: (step: number) => Scheme,
  problem: SdeProblem,
  { paths = 800, exponents = [4, 5, 6, 7] as readonly number[] } = {},
): CoupledErrors[] {
  const { process, until, pathwise, name } = problem;
  const { noise, noises = process.dimension } = process.diffusion!;
  const k = noise === 'scalar' ? 1 : noises;
  const brownian = brownianTree(stream(17).split(name), paths * k);
  const initial = problem.initial(paths);
  const run = (step: number) => {
    const { outcome, final } = solve(process, {
      initial,
      until,
      scheme: make(step),
      rng: stream(1),
      noise: { brownian },
    });
    if (outcome.code !== 'completed') throw new Error(outcome.message);
    return final.data as Float64Array;
  };
  const w = new Float64Array(paths * k);
  brownian.incrementInto(0, until, w);
  const exact = pathwise && Array.from({ length: paths }, (_, i) => pathwise(w.subarray(i * k, (i + 1) * k))).flat();
  const runs = new Map<number, Float64Array>();
  const at = (e: number) => runs.get(e) ?? runs.set(e, run(until * 2 ** -e)).get(e)!;
  return exponents.map((e) => ({
    step: until * 2 ** -e,
    errors: distances(at(e), exact ?? at(e + 1), process.dimension),
  }));
}
