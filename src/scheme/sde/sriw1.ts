import { fixedStep } from '../fixed-step.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { sriw1Stages } from './sriw1-stages.ts';

/**
 * What both forms of SRIW1 say about themselves. The weak order is 2 for σ that is linear in x only: the stages x ± √h σ leave
 * a local error h^(3/2)ΔW σ'''σ³/12, whose product with ΔW has a mean of order 5/2.
 */
export const sriw1Facts = {
  problems: ['sde'],
  calculus: 'ito',
  noise: ['scalar', 'diagonal'],
  deterministicOrder: 2,
  strongOrder: 1.5,
  weakOrder: 1.5,
  meanField:
    'every stage; σ sees it predicted along a line, and what σ owes to the others through s is left out, O((h/N)^½)',
} as const;

const info: SchemeInfo = {
  ...sriw1Facts,
  name: 'sriw1',
  steps: 'fixed',
  cost: '2 drifts, 4 diffusions, 2 statistics',
  whenToChoose:
    'Paths and expectations with scalar noise, or diagonal noise (σ_i of x_i only), and smooth coefficients.',
  source: 'A. Rößler, SIAM J. Numer. Anal. 48 (2010) 922–952, scheme SRI1W1',
};

/** Rößler's stochastic Runge–Kutta scheme SRIW1 of strong order 1.5. @param options.step - h, mean-field time */
export function sriw1(options: { readonly step: number }): Scheme {
  return fixedStep(info, options, (problem) => {
    const stages = sriw1Stages(problem);
    return {
      advance(from, to) {
        stages.begin(from);
        stages.run(from, to);
        problem.cloud.set(stages.next);
      },
    };
  });
}
