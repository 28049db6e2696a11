import { fixedStep } from '../fixed-step.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';

const info: SchemeInfo = {
  name: 'euler',
  problems: ['ode'],
  steps: 'fixed',
  deterministicOrder: 1,
  strongOrder: null,
  weakOrder: null,
  meanField: 'every stage',
  cost: '1 drift, 1 statistic',
  whenToChoose: 'As the limit of gradient descent with step τ, or to see the effect of a step; else rk4.',
  source: 'E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, section I.7',
};

/** x ← x + h b(x, s, t). @param options.step - h, mean-field time */
export function euler(options: { readonly step: number }): Scheme {
  return fixedStep(info, options, ({ process, cloud }) => {
    const s = new Float64Array(process.statisticSize);
    const b = new Float64Array(cloud.length);
    return {
      advance(from, to) {
        process.slopeInto(cloud, s, from, b);
        const h = to - from;
        for (let i = 0; i < cloud.length; i++) cloud[i]! += h * b[i]!;
      },
    };
  });
}
