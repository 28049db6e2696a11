import { fixedStep } from '../fixed-step.ts';
import { addScaled } from '../ode/explicit-runge-kutta.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { diffusionSlopes } from './diffusion-slopes.ts';
import { noiseTerms } from './noise-terms.ts';

const info: SchemeInfo = {
  name: 'milstein',
  problems: ['sde'],
  calculus: 'either',
  noise: ['scalar', 'diagonal', 'commutative', 'additive'],
  steps: 'fixed',
  deterministicOrder: 1,
  strongOrder: 1,
  weakOrder: 1,
  meanField: 'every stage; what σ owes to the others through s is left out, a strong error O((h/N)^½)',
  cost: '1 drift, 1 diffusion and its derivative (or 1 more diffusion a column), 1 statistic',
  whenToChoose:
    'Paths, Itô or Stratonovich, when you have the derivative of σ or the noise commutes; diagonal noise: σ_i of x_i only.',
  source:
    'G. N. Milstein 1974; without derivatives: P. E. Kloeden, E. Platen, Numerical Solution of SDEs, sections 10.3 and 11.1',
};

/**
 * x ← x + b h + σΔW + ½Σ_jk (Dσ_j)σ_k(ΔW_jΔW_k − δ_jk h), without the −h in Stratonovich's sense. Uses `Diffusion.derivative`, or
 * differences of σ along its columns if that is absent.
 *
 * @param options.step - h, mean-field time
 */
export function milstein(options: { readonly step: number }): Scheme {
  return fixedStep(info, options, (problem) => {
    const { process, cloud, brownian } = problem;
    const { diffusion } = process.process;
    const terms = noiseTerms(process);
    const s = new Float64Array(process.statisticSize);
    const b = new Float64Array(cloud.length);
    const sigma = new Float64Array(terms.length);
    const dW = new Float64Array(brownian.paths);
    const ito = diffusion?.calculus !== 'stratonovich';
    const slopes = diffusion?.additive ? undefined : diffusionSlopes(problem, terms);
    const k = terms.diagonal ? 1 : terms.columns;

    /** cloud += ½Σ_jk slope_jk (ΔW_jΔW_k − δ_jk h) */
    const correct = (slope: Float64Array, h: number) => {
      const drop = ito ? h : 0;
      for (let row = 0, at = 0; row < cloud.length; row++) {
        const first = terms.diagonal ? row : Math.floor(row / process.dimension) * k;
        let sum = 0;
        for (let j = 0; j < k; j++)
          for (let l = 0; l < k; l++) sum += slope[at++]! * (dW[first + j]! * dW[first + l]! - (j === l ? drop : 0));
        cloud[row]! += 0.5 * sum;
      }
    };

    return {
      advance(from, to) {
        const h = to - from;
        process.statisticInto(cloud, s);
        process.driftInto(cloud, s, from, b);
        process.diffusionInto(cloud, s, from, sigma);
        brownian.incrementInto(from, to, dW);
        const slope = slopes?.(s, from, h, sigma);
        addScaled(cloud, h, b);
        terms.addInto(sigma, dW, 1, cloud);
        if (slope) correct(slope, h);
      },
    };
  });
}
