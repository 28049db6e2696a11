import { checkNumber } from '../../base/check.ts';
import { fixedStep } from '../fixed-step.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { LeapDraws } from './leap-draws.ts';
import { move } from './tau-leap.ts';

const info: SchemeInfo = {
  name: 'theta-trapezoidal-leap',
  problems: ['jump'],
  steps: 'fixed',
  deterministicOrder: null,
  strongOrder: null,
  weakOrder: 2,
  meanField: 'two stages, each with its own',
  cost: '2 statistics, 2 rates and 2 Poisson numbers per jump and particle',
  whenToChoose: 'Reaction networks and other displacements with varying rates, when events are too many to follow.',
  source:
    'D. F. Anderson, M. Koyama, Multiscale Model. Simul. 10 (2012) 1493–1524; Y. Hu, T. Li, B. Min, J. Chem. Phys. 135 (2011) 024113',
};

/**
 * Symbols: λ rate, θ `theta`. Stage 1: y = x + Poisson(θhλ(x)) jumps. Stage 2: x⁺ = y + Poisson((1 − θ)h[a λ(y) − b λ(x)]⁺) jumps,
 * a = 1/(2θ(1 − θ)), b = a − 1. Displacements only; weak order 2 as long as rates are smooth.
 *
 * @param options.step - h, mean-field time
 * @param options.theta - in (0, 1). Default 1/2.
 */
export function thetaTrapezoidalLeap(options: { readonly step: number; readonly theta?: number }): Scheme {
  const theta = checkNumber('theta', options?.theta ?? 0.5, { above: 0, below: 1 });
  const a = 1 / (2 * theta * (1 - theta));
  const b = a - 1;
  return fixedStep(
    info,
    options,
    (problem) => {
      const { process, cloud } = problem;
      const draws = new LeapDraws(problem);
      const s = new Float64Array(process.statisticSize);
      const make = () => process.jumps.map(() => new Float64Array(process.count));
      const [before, between] = [make(), make()];
      const ratesInto = (t: number, out: readonly Float64Array[]) => {
        process.statisticInto(cloud, s);
        for (const jump of process.jumps) jump.ratesInto(cloud, s, t, out[jump.index]!);
      };
      const leap = (i: number, k: number, mean: number, by: Float64Array, time: number) => {
        const number = mean > 0 ? draws.firings(i, k, mean, time) : 0;
        if (number > 0) move(cloud, i, number, by);
      };
      return {
        repeatable: false,
        advance(from, to) {
          const h = to - from;
          ratesInto(from, before);
          for (const { index: k, displacement } of process.jumps)
            for (let i = 0; i < process.count; i++) leap(i, k, theta * h * before[k]![i]!, displacement!, from);
          ratesInto(from + theta * h, between);
          for (const { index: k, displacement } of process.jumps)
            for (let i = 0; i < process.count; i++)
              leap(i, k, (1 - theta) * h * (a * between[k]![i]! - b * before[k]![i]!), displacement!, from);
        },
        save: (out) => draws.save(out),
        load: (from) => draws.load(from),
      };
    },
    ({ jumps }) =>
      jumps?.some(({ change }) => change.kind !== 'displacement')
        ? 'theta-trapezoidal-leap takes displacements; midpointLeap takes maps with constant rates'
        : undefined,
  );
}
