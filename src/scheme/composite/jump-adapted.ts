import { kindOf, type MeanFieldProcess } from '../../process/process.ts';
import { refusal } from '../refusal.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { JumpAdaptedStepper } from './jump-adapted-stepper.ts';
import { areIndependent, oneByOne } from './one-by-one.ts';
import { withoutJumps } from './parts.ts';

/**
 * Steps of a continuous scheme from jump to jump: jump times are part of the grid. Constant rates are exact in time, bounded ones are
 * thinned, `state` and `integrated` ones are inverted along the path. The order is that of the continuous scheme.
 *
 * Independent particles are followed one by one (unless noise is common), O(1) an event; a cloud that interacts is moved as a
 * whole to each jump of any particle, O(N) an event.
 *
 * @param options.continuous - for drift and diffusion, e.g. `dormandPrince()` or `eulerMaruyama({ step: 0.01 })`
 */
export function jumpAdapted(options: { readonly continuous: Scheme }): Scheme {
  const { continuous } = options;
  const { calculus, noise, problems } = continuous.info;
  const [ode, sde] = [problems.includes('ode'), problems.includes('sde')];
  const info: SchemeInfo = {
    name: `jump-adapted(${continuous.info.name})`,
    problems: [
      ...(ode ? (['jump', 'piecewise-deterministic'] as const) : []),
      ...(sde ? (['jump-diffusion'] as const) : []),
    ],
    ...(calculus && { calculus }),
    ...(noise && { noise }),
    steps: 'events',
    deterministicOrder: null,
    strongOrder: sde ? continuous.info.strongOrder : continuous.info.deterministicOrder,
    weakOrder: sde ? continuous.info.weakOrder : continuous.info.deterministicOrder,
    meanField: 'as its continuous scheme, and every event',
    cost: 'that of its continuous scheme; an event cuts the step of all particles that interact',
    whenToChoose:
      'Piecewise deterministic paths, and jump diffusions with few jumps; for large interacting clouds strangSplitting.',
    source:
      'P. E. Kloeden, E. Platen, Numerical Solution of SDEs; N. Bruti-Liberati, E. Platen 2010, chapter 8; M. H. A. Davis 1984 (piecewise deterministic)',
  };
  return {
    info,
    refuses(process: MeanFieldProcess) {
      if (kindOf(process) === 'jump' && process.jumps?.every(({ rate }) => rate.kind !== 'integrated'))
        return 'without drift and integrated rates exactJumps does the same at O(1) or O(log N) an event';
      return refusal(continuous, withoutJumps(process));
    },
    start(problem) {
      const start = (part: typeof problem) => new JumpAdaptedStepper(part, continuous);
      return areIndependent(problem) ? oneByOne(problem, start) : start(problem);
    },
  };
}
