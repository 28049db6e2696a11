import { jumpAdapted } from './composite/jump-adapted.ts';
import { lieSplitting } from './composite/lie-splitting.ts';
import { strangSplitting } from './composite/strang-splitting.ts';
import { adaptiveTauLeap } from './jump/adaptive-tau-leap.ts';
import { bernoulliClock } from './jump/bernoulli-clock.ts';
import { exactJumps } from './jump/exact-jumps.ts';
import { extrapolatedLeap } from './jump/extrapolated-leap.ts';
import { midpointLeap } from './jump/midpoint-leap.ts';
import { tauLeap } from './jump/tau-leap.ts';
import { thetaTrapezoidalLeap } from './jump/theta-trapezoidal-leap.ts';
import { dormandPrince } from './ode/dormand-prince.ts';
import { euler } from './ode/euler.ts';
import { heun } from './ode/heun.ts';
import { rk4 } from './ode/rk4.ts';
import type { Scheme } from './scheme.ts';
import { adaptiveSriw1 } from './sde/adaptive-sriw1.ts';
import { dri1 } from './sde/dri1.ts';
import { eulerMaruyama } from './sde/euler-maruyama.ts';
import { milstein } from './sde/milstein.ts';
import { sra1 } from './sde/sra1.ts';
import { sriw1 } from './sde/sriw1.ts';
import { stochasticHeun } from './sde/stochastic-heun.ts';

/** One row of the table: a scheme with its step (adaptive ones: tolerance; exact ones ignore it) left open. */
export interface SchemeRow {
  /** The factory's name in the public API. */
  readonly factory: string;
  readonly make: (step: number) => Scheme;
}

/** Every scheme. Laws run over it, and docs/schemes.md is generated from it. */
export const schemeTable: readonly SchemeRow[] = [
  { factory: 'euler', make: (step) => euler({ step }) },
  { factory: 'heun', make: (step) => heun({ step }) },
  { factory: 'rk4', make: (step) => rk4({ step }) },
  {
    factory: 'dormandPrince',
    make: (step) => dormandPrince({ initialStep: step, maxStep: step, relativeTolerance: 1, absoluteTolerance: 1 }),
  },
  { factory: 'eulerMaruyama', make: (step) => eulerMaruyama({ step }) },
  { factory: 'milstein', make: (step) => milstein({ step }) },
  { factory: 'stochasticHeun', make: (step) => stochasticHeun({ step }) },
  { factory: 'sra1', make: (step) => sra1({ step }) },
  { factory: 'sriw1', make: (step) => sriw1({ step }) },
  {
    factory: 'adaptiveSriw1',
    make: (step) => adaptiveSriw1({ initialStep: step, maxStep: step, relativeTolerance: 1, absoluteTolerance: 1 }),
  },
  { factory: 'dri1', make: (step) => dri1({ step }) },
  { factory: 'exactJumps', make: () => exactJumps() },
  { factory: 'tauLeap', make: (step) => tauLeap({ step }) },
  { factory: 'adaptiveTauLeap', make: () => adaptiveTauLeap() },
  { factory: 'midpointLeap', make: (step) => midpointLeap({ step }) },
  { factory: 'extrapolatedLeap', make: (step) => extrapolatedLeap({ step }) },
  { factory: 'thetaTrapezoidalLeap', make: (step) => thetaTrapezoidalLeap({ step }) },
  { factory: 'bernoulliClock', make: (step) => bernoulliClock({ step }) },
  { factory: 'jumpAdapted', make: (step) => jumpAdapted({ continuous: rk4({ step }) }) },
  { factory: 'jumpAdapted', make: (step) => jumpAdapted({ continuous: eulerMaruyama({ step }) }) },
  { factory: 'lieSplitting', make: (step) => lieSplitting({ step, continuous: rk4({ step }), jumps: exactJumps() }) },
  {
    factory: 'strangSplitting',
    make: (step) => strangSplitting({ step, continuous: rk4({ step }), jumps: exactJumps() }),
  },
  {
    factory: 'strangSplitting',
    make: (step) => strangSplitting({ step, continuous: dri1({ step }), jumps: exactJumps() }),
  },
];
