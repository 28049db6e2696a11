import { checkInteger, checkNumber, checkOneOf } from '../../base/check.ts';
import type { LearningTask } from '../../network/index.ts';
import { dri1 } from '../../scheme/index.ts';
import { type Solution, solve } from '../../solve/index.ts';
import { type DiffusionParameters, diffusionApproximation } from './diffusion-approximation.ts';
import { limitStart, type SolveLimitOptions } from './solve-limit.ts';

/** Options of `solveDiffusion`: those of `solveLimit`, whose default scheme and step differ. */
export interface SolveDiffusionOptions<T = undefined> extends SolveLimitOptions<T>, DiffusionParameters {}

/**
 * Solves the diffusion approximation by N interacting particles: `diffusionApproximation` with a start and, unless `scheme` says
 * otherwise, `dri1` with `step` (default 0.05), whose weak error is O(step²); its paths mean nothing, take `milstein` for
 * paths. As for `solveLimit` the statistical error is of order N^(-1/2), and the bias of order 1/N.
 */
export function solveDiffusion<T = undefined>(task: LearningTask, options: SolveDiffusionOptions<T>): Solution<T> {
  const { jumpSize, learningRate, particles, horizon, scheme, step = 0.05, start = 'random', rng, ...rest } = options;
  checkInteger('particles', particles, { min: 1 });
  checkNumber('horizon', horizon, { above: 0 });
  checkOneOf('start', start, ['random', 'quasi-random']);
  return solve(diffusionApproximation(task, { jumpSize, learningRate }), {
    ...rest,
    rng,
    initial: limitStart(task.initial, particles, start),
    until: horizon,
    scheme: scheme ?? dri1({ step: checkNumber('step', step, { above: 0 }) }),
  });
}
