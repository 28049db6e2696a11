import { fixedStep } from '../fixed-step.ts';
import { addScaled } from '../ode/explicit-runge-kutta.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { noiseTerms } from './noise-terms.ts';

const info: SchemeInfo = {
  name: 'sra1',
  problems: ['sde'],
  calculus: 'either',
  noise: ['additive'],
  steps: 'fixed',
  deterministicOrder: 2,
  strongOrder: 1.5,
  weakOrder: 2,
  meanField: 'every stage',
  cost: '2 drifts, 2 diffusions, 2 statistics',
  whenToChoose:
    'First choice for additive noise of any shape, for paths and for expectations: Langevin and Kuramoto models.',
  source: 'A. Rößler, SIAM J. Numer. Anal. 48 (2010) 922–952, scheme SRA1',
};

/**
 * Rößler's SRA1 for σ(t) that does not depend on the state. With I = ∫(W_u − W_from)du/h = ΔW/2 + H:
 *
 *     x₂ = x + ¾ h b(x) + (3/2) σ(t+h) I
 *     x ← x + h(⅓ b(x) + ⅔ b(x₂)) + σ(t+h)ΔW + (σ(t) − σ(t+h)) I
 *
 * @param options.step - h, mean-field time
 */
export function sra1(options: { readonly step: number }): Scheme {
  return fixedStep(info, options, ({ process, cloud, brownian }) => {
    const terms = noiseTerms(process);
    const s = new Float64Array(process.statisticSize);
    const b = new Float64Array(cloud.length);
    const stage = new Float64Array(cloud.length);
    const sigmaStart = new Float64Array(terms.length);
    const sigmaEnd = new Float64Array(terms.length);
    const dW = new Float64Array(brownian.paths);
    const mean = new Float64Array(brownian.paths);
    return {
      advance(from, to) {
        const h = to - from;
        brownian.incrementAndAreaInto(from, to, dW, mean);
        for (let i = 0; i < mean.length; i++) mean[i]! += 0.5 * dW[i]!;
        process.statisticInto(cloud, s);
        process.driftInto(cloud, s, from, b);
        process.diffusionInto(cloud, s, from, sigmaStart);
        process.diffusionInto(cloud, s, to, sigmaEnd);
        stage.set(cloud);
        addScaled(stage, 0.75 * h, b);
        terms.addInto(sigmaEnd, mean, 1.5, stage);
        addScaled(cloud, h / 3, b);
        process.statisticInto(stage, s);
        process.driftInto(stage, s, from + 0.75 * h, b);
        addScaled(cloud, (2 * h) / 3, b);
        terms.addInto(sigmaEnd, dW, 1, cloud);
        terms.addInto(sigmaStart, mean, 1, cloud);
        terms.addInto(sigmaEnd, mean, -1, cloud);
      },
    };
  });
}
