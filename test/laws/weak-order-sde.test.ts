import { describe, expect, it } from 'vitest';
import type { Calculus } from '../../src/process/index.ts';
import { refusal, schemeTable } from '../../src/scheme/index.ts';
import { fadingNoise } from '../problems/fading-noise.ts';
import { geometricBrownianMotion } from '../problems/geometric-brownian-motion.ts';
import { hyperbolicDiffusion } from '../problems/hyperbolic-diffusion.ts';
import { kuramoto } from '../problems/kuramoto.ts';
import { diagonalNoises, noncommutingNoises, stretchAndTurn } from '../problems/linear-system.ts';
import { meanFieldOrnsteinUhlenbeck } from '../problems/mean-field-ornstein-uhlenbeck.ts';
import { noiseFedBySpread } from '../problems/noise-fed-by-spread.ts';
import type { SdeProblem } from '../problems/sde-problem.ts';
import { fitExactOrder } from './fit-exact-order.ts';
import { once } from './once.ts';
import { weakErrors } from './weak-errors.ts';

/** Short horizons, so that a few steps are short; all paths of the scheme are summed, so that small errors are still exact. */
const problems = (calculus: Calculus): readonly SdeProblem[] => [
  geometricBrownianMotion({ calculus, until: 0.2 }),
  hyperbolicDiffusion({ calculus, until: 0.1 }),
  fadingNoise({ calculus, until: 0.4, alpha: 10 }),
  diagonalNoises({ calculus, until: 0.2 }),
  noncommutingNoises({ calculus, until: 0.2 }),
  stretchAndTurn({ calculus, until: 0.2 }),
  meanFieldOrnsteinUhlenbeck({ calculus, until: 0.3 }),
  noiseFedBySpread({ calculus, until: 0.2 }),
  kuramoto({ calculus, until: 0.2 }),
];

const rows = schemeTable.filter((row) => row.make(1).info.problems.includes('sde'));

describe.each(rows.map((row) => [row.factory, row] as const))('the weak order of %s', (factory, row) => {
  const scheme = row.make(1);
  const { weakOrder, calculus } = scheme.info;
  const declared = weakOrder as number;
  const solvable = problems(calculus === 'stratonovich' ? 'stratonovich' : 'ito').filter(
    ({ process }) => refusal(scheme, process) === undefined,
  );
  const fitsOf = once((problem: SdeProblem) =>
    weakErrors(row.make, problem).map(({ name, data }) => {
      const fit = fitExactOrder(data);
      if (process.env.SHOW_ORDERS)
        console.log(`${factory}, ${problem.name}, ${name}: ${fit.order.toFixed(3)} ± ${fit.within.toFixed(3)}`);
      return fit;
    }),
  );

  it.each(solvable.map((problem) => [problem.name, problem] as const))(
    'is not below the declared one on %s',
    (_name, problem) => {
      for (const { order, within } of fitsOf(problem)) expect(order + within).toBeGreaterThanOrEqual(declared);
    },
  );

  it('is the declared one where nothing cancels', () => {
    const sharp = solvable.flatMap(fitsOf).filter(({ within }) => within < 0.1);
    expect(sharp.length).toBeGreaterThan(2);
    const lowest = sharp.reduce((a, b) => (a.order < b.order ? a : b));
    expect(Math.abs(lowest.order - declared)).toBeLessThanOrEqual(lowest.within);
  });
});
