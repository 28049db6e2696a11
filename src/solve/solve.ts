import { RunError } from '../base/outcome.ts';
import type { MeanFieldProcess } from '../process/process.ts';
import type { Solution, SolveOptions } from './options.ts';
import { run } from './run.ts';

/**
 * Solves a mean-field process: an ODE, SDE, jump process, piecewise deterministic process or jump diffusion of N particles that
 * see each other through a statistic.
 *
 * The end of the run is data: look at `outcome.code`. Argument errors are thrown before any work is done; what the user's own
 * functions throw passes through. An AbortSignal is looked at before each step; as this function doesn't let others work, only its own
 * callbacks can raise it: see `solveAsync`.
 *
 * Cost: that of the scheme's steps (see docs/schemes.md); memory O(Np + m), and what is saved.
 *
 * @example
 * solve({ dimension: 1, drift: { particle: (x, _s, _t, out) => { out[0] = -x[0]!; } } },
 *       { initial: [[1]], until: 1, scheme: rk4({ step: 0.01 }) }).final.get(0, 0); // 0.3679
 */
export function solve<T = undefined>(process: MeanFieldProcess, options: SolveOptions<T>): Solution<T> {
  const steps = run(process, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return finish(value, options);
  }
}

/** How long other work waits for its turn, in milliseconds. */
export const SLICE = 30;

/** `solve` that lets timers, signals and the screen have their turn about every `SLICE` milliseconds. */
export async function solveAsync<T = undefined>(
  process: MeanFieldProcess,
  options: SolveOptions<T>,
): Promise<Solution<T>> {
  const steps = run(process, options);
  let since = Date.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return finish(value, options);
    if (Date.now() - since < SLICE) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    since = Date.now();
  }
}

function finish<T>(solution: Solution<T>, { throwOnFailure }: SolveOptions<T>): Solution<T> {
  const { code } = solution.outcome;
  if (throwOnFailure && code !== 'completed' && code !== 'terminated') throw new RunError(solution.outcome);
  return solution;
}
