import { checkInteger } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import type { Diffusion, Drift, Statistic } from './coefficients.ts';
import type { Jump } from './jump.ts';

/**
 * What is solved: N exchangeable particles in R^p, each of which sees the others through a statistic s = mean of φ only.
 *
 *     dX = b(X, s, t) dt + σ(X, s, t) dW + Σ_k (X⁺ − X) dN_k,    N_k of intensity λ_k(X, s, t)
 *
 * Ordinary differential equations, SDEs, jump processes, piecewise deterministic processes and jump diffusions are the
 * cases without some terms; a single path is N = 1. A step costs O(N), never O(N²).
 */
export interface MeanFieldProcess {
  /** For messages. */
  readonly name?: string;
  /** p */
  readonly dimension: number;
  readonly statistic?: Statistic;
  readonly drift?: Drift;
  readonly diffusion?: Diffusion;
  readonly jumps?: readonly Jump[];
}

/** What kind of problem a process is; schemes say which kinds they take. */
export type ProblemKind = 'ode' | 'sde' | 'jump' | 'piecewise-deterministic' | 'jump-diffusion';

/** The kind that follows from the terms that are present. */
export function kindOf(process: MeanFieldProcess): ProblemKind {
  const jumps = (process.jumps?.length ?? 0) > 0;
  if (process.diffusion) return jumps ? 'jump-diffusion' : 'sde';
  if (!jumps) return 'ode';
  return process.drift ? 'piecewise-deterministic' : 'jump';
}

/** Checks a process and returns it. `solve` calls it, too; call it to find mistakes where they are made. */
export function meanFieldProcess(process: MeanFieldProcess): MeanFieldProcess {
  checkInteger('process.dimension', process.dimension, { min: 1 });
  const { statistic, drift, diffusion, jumps } = process;
  if (!drift && !diffusion && !(jumps && jumps.length > 0))
    throw new ArgumentError('process', Object.keys(process), 'a process with a drift, a diffusion or jumps');
  if (statistic) {
    checkInteger('process.statistic.size', statistic.size, { min: 1 });
    checkEither('process.statistic', statistic, 'particle', 'cloud');
  }
  if (drift) checkEither('process.drift', drift, 'particle', 'cloud');
  if (diffusion) checkDiffusion(diffusion);
  jumps?.forEach((jump, k) => {
    checkJump(`process.jumps[${k}]`, jump, process.dimension, jumps.length);
  });
  return process;
}

function checkDiffusion(diffusion: Diffusion): void {
  checkEither('process.diffusion', diffusion, 'particle', 'cloud');
  if (!['scalar', 'diagonal', 'general'].includes(diffusion.noise))
    throw new ArgumentError('process.diffusion.noise', diffusion.noise, 'scalar, diagonal or general');
  if (diffusion.calculus !== 'ito' && diffusion.calculus !== 'stratonovich')
    throw new ArgumentError('process.diffusion.calculus', diffusion.calculus, 'ito or stratonovich');
  if (diffusion.noise === 'general') checkInteger('process.diffusion.noises', diffusion.noises, { min: 1 });
  else if (diffusion.noises !== undefined)
    throw new ArgumentError('process.diffusion.noises', diffusion.noises, 'absent unless noise is general');
}

function checkJump(name: string, jump: Jump, dimension: number, jumps: number): void {
  const { rate, change, affects } = jump;
  if (!['constant', 'state', 'bounded', 'integrated'].includes(rate?.kind))
    throw new ArgumentError(`${name}.rate`, rate, 'made by constantRate, stateRate, boundedRate or integratedRate');
  if (change?.kind === 'displacement') {
    if (change.by.length !== dimension)
      throw new ArgumentError(`${name}.change.by`, change.by, `a vector of length ${dimension}`);
  } else if (change?.kind === 'map') {
    checkEither(`${name}.change`, change, 'particle', 'many');
  } else throw new ArgumentError(`${name}.change`, change, 'made by displacement or jumpMap');
  affects?.forEach((k, i) => {
    checkInteger(`${name}.affects[${i}]`, k, { min: 0, max: jumps - 1 });
  });
}

function checkEither<T extends object>(name: string, value: T, first: keyof T & string, second: keyof T & string) {
  if (typeof value[first] !== 'function' && typeof value[second] !== 'function')
    throw new ArgumentError(name, Object.keys(value), `an object with a function ${first} or ${second}`);
}
