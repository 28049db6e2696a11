import { fixedStep } from '../fixed-step.ts';
import { addScaled } from '../ode/explicit-runge-kutta.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { noiseTerms } from './noise-terms.ts';

const info: SchemeInfo = {
  name: 'euler-maruyama',
  problems: ['sde'],
  calculus: 'ito',
  noise: ['scalar', 'diagonal', 'general'],
  steps: 'fixed',
  deterministicOrder: 1,
  strongOrder: 0.5,
  weakOrder: 1,
  meanField: 'every stage',
  cost: '1 drift, 1 diffusion, 1 statistic',
  whenToChoose:
    'Any Itô problem, above all rough coefficients and general noise; strong order 1 with additive noise. For expectations dri1.',
  source: 'G. Maruyama 1955; P. E. Kloeden, E. Platen, Numerical Solution of SDEs, sections 10.2 and 14.1',
};

/** x ← x + b h + σ ΔW. @param options.step - h, mean-field time */
export function eulerMaruyama(options: { readonly step: number }): Scheme {
  return fixedStep(info, options, ({ process, cloud, brownian }) => {
    const terms = noiseTerms(process);
    const s = new Float64Array(process.statisticSize);
    const b = new Float64Array(cloud.length);
    const sigma = new Float64Array(terms.length);
    const dW = new Float64Array(brownian.paths);
    return {
      advance(from, to) {
        process.statisticInto(cloud, s);
        process.driftInto(cloud, s, from, b);
        process.diffusionInto(cloud, s, from, sigma);
        brownian.incrementInto(from, to, dW);
        addScaled(cloud, to - from, b);
        terms.addInto(sigma, dW, 1, cloud);
      },
    };
  });
}
