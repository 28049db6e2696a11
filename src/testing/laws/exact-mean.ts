import * as fc from 'fast-check';
import { finiteVariance, testMean } from '../../convergence/index.ts';
import type { Stream } from '../../random/index.ts';
import { solve } from '../../solve/index.ts';
import { type SolvableProcess, solvableProcesses } from '../arbitraries/solvable-processes.ts';
import { streams } from '../arbitraries/streams.ts';
import { expectClose, LawViolation } from '../violation.ts';

/** Solves a problem by a number of particles: the cloud at its end, `[N]`. */
export type ProblemSolver = (problem: SolvableProcess, particles: number, rng: Stream) => ArrayLike<number>;

/** This library's solver, with the scheme that the problem suggests. Throws if a run fails. */
export const solveProblem: ProblemSolver = ({ process, start, until, scheme }, particles, rng) =>
  solve(process, {
    initial: Array.from({ length: particles }, () => [start]),
    until,
    scheme: scheme(),
    rng,
    throwOnFailure: true,
  }).final.data;

/** Options of `expectExactMean`. */
export interface ExactMeanOptions {
  readonly rng: Stream;
  /** N. Default 32. */
  readonly particles?: number;
  /** The probability that a right solver is rejected, at most. Default 1e-9. */
  readonly falseAlarm?: number;
  /** The probability that a mean is accepted which is off by the scheme's bias and one standard deviation of the cloud's mean. Default 1e-6. */
  readonly miss?: number;
}

/** A solver finds the exact mean of a solvable process: a sequential test that knows the exact variance. */
export async function expectExactMean(
  solver: ProblemSolver,
  problem: SolvableProcess,
  options: ExactMeanOptions,
): Promise<void> {
  const { rng, particles = 32, falseAlarm = 1e-9, miss = 1e-6 } = options;
  const meanOf = (cloud: ArrayLike<number>) => Array.from(cloud).reduce((sum, x) => sum + x, 0) / cloud.length;
  // The scheme's variance is not exactly that of the process.
  const deviation = 1.1 * Math.sqrt(problem.variance(particles));
  if (deviation === 0) {
    const mean = meanOf(solver(problem, particles, rng));
    expectClose('exact mean', `the mean of ${problem.name}`, [mean], [problem.mean], {
      tolerance: Math.max(1e-12, problem.bias),
    });
    return;
  }
  let run = 0;
  const result = await testMean(() => meanOf(solver(problem, particles, rng.split('run', run++))), problem.mean, {
    assume: finiteVariance(deviation),
    tolerance: problem.bias,
    within: problem.bias + deviation,
    falseAlarm,
    miss,
  });
  if (result.verdict !== 'accepted') throw new LawViolation('exact mean', `${problem.name}: ${result.detail}`);
}

/** Exact means on drawn problems, by default of this library's solver. */
export function exactMeanProperty(solver: ProblemSolver = solveProblem, options: Omit<ExactMeanOptions, 'rng'> = {}) {
  return fc.asyncProperty(solvableProcesses(), streams(), async (problem, rng) => {
    await expectExactMean(solver, problem, { ...options, rng });
  });
}
