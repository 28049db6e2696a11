import type { Diffusion } from '../process/coefficients.ts';
import { kindOf, type MeanFieldProcess } from '../process/process.ts';

/**
 * The factories of the schemes that can solve a process, in the order of the table.
 *
 * What the schemes themselves say, in short: `solve` names schemes in its errors, and asking the table instead would carry every scheme
 * into every program. test/scheme/schemes-for.test.ts holds the two together.
 */
export function schemesFor(process: MeanFieldProcess): string[] {
  const { diffusion, jumps = [] } = process;
  const integrated = jumps.some(({ rate }) => rate.kind === 'integrated');
  const constant = jumps.every(({ rate }) => rate.kind === 'constant');
  const partnered = jumps.some(({ change }) => change.kind === 'map' && change.partners === true);
  const displaced = jumps.every(({ change }) => change.kind === 'displacement');
  const ito = diffusion?.calculus !== 'stratonovich';
  switch (kindOf(process)) {
    case 'ode':
      return ['euler', 'heun', 'rk4', 'dormandPrince'];
    case 'sde':
      return noisy(diffusion!);
    case 'jump':
      return [
        ...some(!integrated, 'exactJumps'),
        'tauLeap',
        ...some(displaced, 'adaptiveTauLeap'),
        ...some(constant, 'midpointLeap'),
        ...some(constant && !partnered, 'extrapolatedLeap'),
        ...some(displaced, 'thetaTrapezoidalLeap'),
        ...some(constant, 'bernoulliClock'),
        ...some(integrated, 'jumpAdapted'),
      ];
    case 'piecewise-deterministic':
      return ['jumpAdapted', ...some(!integrated, 'lieSplitting', 'strangSplitting')];
    case 'jump-diffusion':
      return [...some(ito, 'jumpAdapted'), ...some(ito && !integrated, 'strangSplitting')];
  }
}

function noisy({ noise, calculus, commutative, additive }: Diffusion): string[] {
  const ito = calculus === 'ito';
  const easy = noise !== 'general';
  return [
    ...some(ito, 'eulerMaruyama'),
    ...some(easy || commutative || additive, 'milstein'),
    ...some(!ito, 'stochasticHeun'),
    ...some(additive, 'sra1'),
    ...some(ito && easy, 'sriw1', 'adaptiveSriw1'),
    ...some(ito, 'dri1'),
  ];
}

function some(condition: boolean | undefined, ...names: string[]): string[] {
  return condition ? names : [];
}
