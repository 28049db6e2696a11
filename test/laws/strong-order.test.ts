import { describe, expect, it } from 'vitest';
import type { Calculus } from '../../src/process/index.ts';
import { fixedStep } from '../../src/scheme/fixed-step.ts';
import { milstein, refusal, type SchemeRow, schemeTable } from '../../src/scheme/index.ts';
import { boundedDiffusion } from '../problems/bounded-diffusion.ts';
import { diagonalPair } from '../problems/diagonal-pair.ts';
import { fadingNoise } from '../problems/fading-noise.ts';
import { geometricBrownianMotion } from '../problems/geometric-brownian-motion.ts';
import { kuramoto } from '../problems/kuramoto.ts';
import { diagonalNoises, noncommutingNoises, stretchAndTurn } from '../problems/linear-system.ts';
import { meanFieldOrnsteinUhlenbeck } from '../problems/mean-field-ornstein-uhlenbeck.ts';
import type { SdeProblem } from '../problems/sde-problem.ts';
import { fitCoupledOrder } from './fit-coupled-order.ts';
import { once } from './once.ts';
import { strongErrors } from './strong-errors.ts';

const problems = (calculus: Calculus): readonly SdeProblem[] => [
  geometricBrownianMotion({ calculus }),
  boundedDiffusion({ calculus, tells: true }),
  fadingNoise({ calculus, alpha: 10 }),
  diagonalPair({ calculus }),
  diagonalNoises({ calculus }),
  stretchAndTurn({ calculus }),
  noncommutingNoises({ calculus }),
  meanFieldOrnsteinUhlenbeck({ calculus }),
  kuramoto({ calculus, sigma: 2 }),
];

/** The declared order, or what the scheme's description says about special noise. */
function declaredOrder({ factory, make }: SchemeRow, { process }: SdeProblem): number {
  const { noise, additive, commutative } = process.diffusion!;
  if (factory === 'eulerMaruyama' && additive) return 1;
  if (factory === 'stochasticHeun' && noise === 'general' && !commutative) return 0.5;
  return make(1).info.strongOrder as number;
}

const rows = schemeTable.filter((row) => {
  const { problems: kinds, strongOrder } = row.make(1).info;
  return kinds.includes('sde') && typeof strongOrder === 'number';
});

describe.each(rows.map((row) => [row.factory, row] as const))('the strong order of %s', (factory, row) => {
  const scheme = row.make(1);
  const solvable = problems(scheme.info.calculus === 'stratonovich' ? 'stratonovich' : 'ito').filter(
    ({ process }) => refusal(scheme, process) === undefined,
  );

  const fitOf = once((problem: SdeProblem) => {
    const declared = declaredOrder(row, problem);
    const fit = fitCoupledOrder(strongErrors(row.make, problem), declared);
    if (process.env.SHOW_ORDERS)
      console.log(`${factory}, ${problem.name}, ${declared}: ${fit.slope.toFixed(3)} ± ${fit.within.toFixed(3)}`);
    return { declared, fit };
  });

  it.each(solvable.map((problem) => [problem.name, problem] as const))(
    'is resolved and not below the declared one on %s',
    (_name, problem) => {
      const { fit, declared } = fitOf(problem);
      expect(fit.verdict).not.toBe('unresolved');
      expect(fit.slope + fit.within).toBeGreaterThanOrEqual(declared);
    },
  );

  // Linear drifts and noise that is constant in time lift the order of schemes for additive noise.
  it('is the declared one on some problem', () => {
    expect(solvable.filter((problem) => fitOf(problem).fit.verdict === 'confirmed').length).toBeGreaterThan(0);
  });
});

describe('the law of strong order', () => {
  it('finds a Milstein scheme out whose correction is a quarter too small', () => {
    const broken = (step: number) => {
      const exact = milstein({ step });
      return fixedStep(exact.info, { step }, ({ process, cloud, brownian }) => {
        const [s, b, sigma, slope] = [0, cloud.length, cloud.length, cloud.length].map((n) => new Float64Array(n));
        const dW = new Float64Array(brownian.paths);
        return {
          advance(from, to) {
            process.driftInto(cloud, s!, from, b!);
            process.diffusionInto(cloud, s!, from, sigma!);
            process.diffusionDerivativeInto!(cloud, s!, from, slope!);
            brownian.incrementInto(from, to, dW);
            const h = to - from;
            for (let i = 0; i < cloud.length; i++)
              cloud[i]! += h * b![i]! + sigma![i]! * dW[i]! + 0.375 * slope![i]! * (dW[i]! ** 2 - h);
          },
        };
      });
    };
    const problem = geometricBrownianMotion({ tells: true });
    expect(fitCoupledOrder(strongErrors(broken, problem), 1).verdict).toBe('contradicted');
    expect(
      fitCoupledOrder(
        strongErrors((step) => milstein({ step }), problem),
        1,
      ).verdict,
    ).toBe('confirmed');
  });

  it('gives no order where there is nothing but noise or too few paths', () => {
    const data = strongErrors((step) => milstein({ step }), geometricBrownianMotion(), { paths: 5 });
    expect(fitCoupledOrder(data, 1).verdict).toBe('unresolved');
  });
});
