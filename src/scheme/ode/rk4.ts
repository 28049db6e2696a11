import { fixedStep } from '../fixed-step.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { explicitRungeKutta } from './explicit-runge-kutta.ts';

const info: SchemeInfo = {
  name: 'rk4',
  problems: ['ode'],
  steps: 'fixed',
  deterministicOrder: 4,
  strongOrder: null,
  weakOrder: null,
  meanField: 'every stage',
  cost: '4 drifts, 4 statistics',
  whenToChoose: 'Smooth mean-field flows at a step you know to be short enough.',
  source: 'W. Kutta 1901; E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, section II.1',
};

/** The classical Runge–Kutta method. @param options.step - h, mean-field time */
export function rk4(options: { readonly step: number }): Scheme {
  return fixedStep(info, options, (problem) =>
    explicitRungeKutta(problem, {
      a: [[], [1 / 2], [0, 1 / 2], [0, 0, 1]],
      b: [1 / 6, 1 / 3, 1 / 3, 1 / 6],
      c: [0, 1 / 2, 1 / 2, 1],
    }),
  );
}
