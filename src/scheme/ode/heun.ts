import { fixedStep } from '../fixed-step.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { explicitRungeKutta } from './explicit-runge-kutta.ts';

const info: SchemeInfo = {
  name: 'heun',
  problems: ['ode'],
  steps: 'fixed',
  deterministicOrder: 2,
  strongOrder: null,
  weakOrder: null,
  meanField: 'every stage',
  cost: '2 drifts, 2 statistics',
  whenToChoose: 'When two drifts a step are all you can pay, or inside a splitting of weak order 2; else rk4.',
  source: 'E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, section II.1',
};

/** The explicit trapezoidal rule. @param options.step - h, mean-field time */
export function heun(options: { readonly step: number }): Scheme {
  return fixedStep(info, options, (problem) =>
    explicitRungeKutta(problem, { a: [[], [1]], b: [1 / 2, 1 / 2], c: [0, 1] }),
  );
}
