import { checkInteger, checkNumber, checkOneOf } from '../../base/check.ts';
import type { InitialLaw, LearningTask, Team } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import { bernoulliClock, exactJumps, rk4, type Scheme } from '../../scheme/index.ts';
import { type Save, type Solution, type SolveOptions, solve } from '../../solve/index.ts';
import type { Phase } from '../phase/index.ts';
import { stepsWithin } from '../train/index.ts';
import { limit } from './limit.ts';

/** Options of `solveLimit`; those of `solve` that are not named here pass through. */
export interface SolveLimitOptions<T = undefined>
  extends Omit<SolveOptions<T>, 'initial' | 'until' | 'scheme' | 'save' | 'rng' | 'from'> {
  /** N, the particles of the cloud. With a fixed start of k points, rounded up to a multiple of k. */
  readonly particles: number;
  /** Mean-field time; in the Bernoulli phase rounded to a whole number of steps. */
  readonly horizon: number;
  /** Default: `rk4` for flows, exact rings for Poisson clocks, the Bernoulli clock for Bernoulli jumps. */
  readonly scheme?: Scheme;
  /** The step of a flow's default scheme, mean-field time. Default 0.05. */
  readonly step?: number;
  /** `quasi-random` spreads the start evenly where the initial law can (best with a power of two particles). Default `random`. */
  readonly start?: 'random' | 'quasi-random';
  readonly rng: Stream;
  readonly save?: Save<T>;
  /** Threads that share the work where that pays, to the same bits; not for custom neurons. Default: the calling thread alone. */
  readonly team?: Team;
}

/**
 * Solves the limit of a phase in path space by N interacting particles: `limit` with a start, and a scheme that suits it.
 * The particles stand for μ_t with a statistical error of order N^(-1/2) and a bias of order 1/N; flows have time error
 * O(step⁴), jumps none.
 */
export function solveLimit<T = undefined>(
  phase: Phase,
  task: LearningTask,
  options: SolveLimitOptions<T>,
): Solution<T> {
  const { particles, horizon, scheme, step = 0.05, start = 'random', rng, team, ...rest } = options;
  checkInteger('particles', particles, { min: 1 });
  checkNumber('horizon', horizon, { above: 0 });
  checkOneOf('start', start, ['random', 'quasi-random']);
  return solve(limit(phase, task, { team }), {
    ...rest,
    rng,
    initial: limitStart(task.initial, particles, start),
    until: phase.id === 'bernoulli-jump' ? stepsWithin(horizon, phase.learningRate) * phase.learningRate : horizon,
    scheme: scheme ?? limitScheme(phase, checkNumber('step', step, { above: 0 })),
  });
}

/** The scheme that `solveLimit` takes by itself. */
export function limitScheme(phase: Phase, step: number): Scheme {
  switch (phase.id) {
    case 'gradient-flow':
    case 'penalized-flow':
      return rk4({ step });
    case 'bernoulli-jump':
      return bernoulliClock({ step: phase.learningRate });
    case 'poisson-jump':
    case 'penalized-jump':
      return exactJumps();
  }
}

/** The number of particles that a cloud gets: with k fixed points the next multiple of k, so that each stands equally often. */
export function cloudSize(initial: InitialLaw, particles: number): number {
  const k = initial.points?.rows ?? 1;
  return Math.ceil(particles / k) * k;
}

/** A sampled start, or equally many copies of each fixed point: the empirical measure without sampling error. */
export function limitStart(
  initial: InitialLaw,
  particles: number,
  start: 'random' | 'quasi-random',
): SolveOptions['initial'] {
  const count = cloudSize(initial, particles);
  const { points, quasiSampleInto } = initial;
  if (points === undefined)
    return start === 'quasi-random' && quasiSampleInto
      ? { count, law: { sampleInto: quasiSampleInto } }
      : { count, law: initial };
  const copies = {
    sampleInto(_rng: Stream, n: number, out: Float64Array): void {
      for (let i = 0; i < n; i += points.rows) out.set(points.data, i * points.columns);
    },
  };
  return { count, law: copies };
}
