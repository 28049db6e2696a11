import { fixedStep } from '../fixed-step.ts';
import { addScaled } from '../ode/explicit-runge-kutta.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { noiseTerms } from './noise-terms.ts';

const info: SchemeInfo = {
  name: 'stochastic-heun',
  problems: ['sde'],
  calculus: 'stratonovich',
  noise: ['scalar', 'diagonal', 'general'],
  steps: 'fixed',
  deterministicOrder: 2,
  strongOrder: 1,
  weakOrder: 1,
  meanField: 'every stage',
  cost: '2 drifts, 2 diffusions, 2 statistics',
  whenToChoose: 'Stratonovich problems, any noise; strong order ½ if the columns of general noise do not commute.',
  source: 'W. Rümelin, SIAM J. Numer. Anal. 19 (1982) 604–613',
};

/** Predicts with b h + σΔW, then takes the mean of both ends. @param options.step - h, mean-field time */
export function stochasticHeun(options: { readonly step: number }): Scheme {
  return fixedStep(info, options, ({ process, cloud, brownian }) => {
    const terms = noiseTerms(process);
    const s = new Float64Array(process.statisticSize);
    const b = new Float64Array(cloud.length);
    const sigma = new Float64Array(terms.length);
    const predicted = new Float64Array(cloud.length);
    const dW = new Float64Array(brownian.paths);
    const evaluate = (x: Float64Array, t: number) => {
      process.statisticInto(x, s);
      process.driftInto(x, s, t, b);
      process.diffusionInto(x, s, t, sigma);
    };
    const add = (x: Float64Array, h: number, factor: number) => {
      addScaled(x, factor * h, b);
      terms.addInto(sigma, dW, factor, x);
    };
    return {
      advance(from, to) {
        const h = to - from;
        brownian.incrementInto(from, to, dW);
        evaluate(cloud, from);
        predicted.set(cloud);
        add(predicted, h, 1);
        add(cloud, h, 0.5);
        evaluate(predicted, to);
        add(cloud, h, 0.5);
      },
    };
  });
}
