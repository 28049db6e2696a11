import * as fc from 'fast-check';
import { constantRate, displacement, jumpMap, type MeanFieldProcess, stateRate } from '../../process/index.ts';
import { dri1, exactJumps, rk4, type Scheme } from '../../scheme/index.ts';
import { described } from '../described.ts';
import { positives, reals } from './numbers.ts';

/** A process in one dimension whose cloud mean is known exactly, for every number of particles. */
export interface SolvableProcess {
  readonly name: 'relaxation' | 'ornstein-uhlenbeck' | 'dropout' | 'immigration-death';
  readonly process: MeanFieldProcess;
  /** Where every particle starts. */
  readonly start: number;
  readonly until: number;
  /** A scheme that suits it. */
  readonly scheme: () => Scheme;
  /** E of the mean of the cloud at `until`. */
  readonly mean: number;
  /** Its variance, for N particles. */
  variance(particles: number): number;
  /** How far the scheme's mean may be off. */
  readonly bias: number;
}

/** Exactly solvable processes: a flow, a diffusion, jumps of constant and of varying rate. The flow is the simplest. */
export function solvableProcesses(): fc.Arbitrary<SolvableProcess> {
  return fc
    .record({
      kind: fc.constantFrom(...KINDS),
      start: reals({ towards: 1 }),
      target: reals({ towards: 0 }),
      rate: positives({ min: 1 / 2, max: 2 }),
      noise: positives({ min: 1 / 4, max: 1 }),
      until: positives({ min: 1 / 2, max: 1 }),
    })
    .map(({ kind, ...parameters }) => {
      const problem = kind(parameters);
      return described(problem, `${problem.name} with ${JSON.stringify(parameters)}`);
    });
}

interface Parameters {
  readonly start: number;
  readonly target: number;
  readonly rate: number;
  readonly noise: number;
  readonly until: number;
}

const meanStatistic: NonNullable<MeanFieldProcess['statistic']> = {
  size: 1,
  particle: (x, out) => {
    out[0] = x[0]!;
  },
};

/** dx = rate·(target − x) + (m − x): all particles stay together, m − target decays at `rate`. */
function relaxation({ start, target, rate, until }: Parameters): SolvableProcess {
  return {
    name: 'relaxation',
    process: {
      dimension: 1,
      statistic: meanStatistic,
      drift: {
        particle: (x, s, _t, out) => {
          out[0] = rate * (target - x[0]!) + s[0]! - x[0]!;
        },
      },
    },
    start,
    until,
    scheme: () => rk4({ step: 1 / 32 }),
    mean: target + (start - target) * Math.exp(-rate * until),
    variance: () => 0,
    // rk4's local error (κh)⁵/120 over t/h steps, κ ≤ 3
    bias: 1e-5,
  };
}

/** dX = (m − X − rate·m) dt + noise·dW: m is an Ornstein–Uhlenbeck process with noise²/N. */
function ornsteinUhlenbeck({ start, rate, noise, until }: Parameters): SolvableProcess {
  return {
    name: 'ornstein-uhlenbeck',
    process: {
      dimension: 1,
      statistic: meanStatistic,
      drift: {
        particle: (x, s, _t, out) => {
          out[0] = s[0]! - x[0]! - rate * s[0]!;
        },
      },
      diffusion: {
        noise: 'scalar',
        calculus: 'ito',
        additive: true,
        particle: (_x, _s, _t, out) => {
          out[0] = noise;
        },
      },
    },
    start,
    until,
    scheme: () => dri1({ step: 1 / 16 }),
    mean: start * Math.exp(-rate * until),
    variance: (particles) => (noise ** 2 * -Math.expm1(-2 * rate * until)) / (2 * rate * particles),
    // weak order 2: (rate·h)³/6 over t/h steps
    bias: 6e-3,
  };
}

/** x → x − α(m − target) at rate 1/α, α = noise (docs/theory.md section 5.7): a ring multiplies m − target by 1 − α/N. */
function dropout({ start, target, noise: alpha, until }: Parameters): SolvableProcess {
  const distance = start - target;
  return {
    name: 'dropout',
    process: {
      dimension: 1,
      statistic: meanStatistic,
      jumps: [
        {
          rate: constantRate(1 / alpha),
          change: jumpMap((x, s) => {
            x[0]! -= alpha * (s[0]! - target);
          }),
        },
      ],
    },
    start,
    until,
    scheme: () => exactJumps(),
    mean: target + distance * Math.exp(-until),
    variance: (particles) => distance ** 2 * Math.exp(-2 * until) * Math.expm1((alpha * until) / particles),
    bias: 0,
  };
}

/** Numbers: +1 at the constant rate 4·rate, −1 at rate x, from 0: Poisson, of mean 4·rate·(1 − e^(−t)), and independent. */
function immigrationDeath({ rate, until }: Parameters): SolvableProcess {
  const mean = 4 * rate * -Math.expm1(-until);
  return {
    name: 'immigration-death',
    process: {
      dimension: 1,
      jumps: [
        { name: 'immigration', rate: constantRate(4 * rate), change: displacement([1]) },
        { name: 'death', rate: stateRate((x) => x[0]!), change: displacement([-1]) },
      ],
    },
    start: 0,
    until,
    scheme: () => exactJumps(),
    mean,
    variance: (particles) => mean / particles,
    bias: 0,
  };
}

const KINDS = [relaxation, ornsteinUhlenbeck, dropout, immigrationDeath] as const;
