import { fixedStep } from '../fixed-step.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { LeapDraws } from './leap-draws.ts';

const info: SchemeInfo = {
  name: 'midpoint-leap',
  problems: ['jump'],
  steps: 'fixed',
  deterministicOrder: null,
  strongOrder: null,
  weakOrder: 2,
  meanField: 'predicted to the midpoint',
  cost: '2 statistics, 1.5 times the rings',
  whenToChoose: 'Mean-field jump processes with constant rates (the limits of dropout) and many rings per unit time.',
  source: 'docs/theory.md, section 8; for varying rates D. T. Gillespie, J. Chem. Phys. 115 (2001) 1716–1733',
};

/**
 * Leap for constant rates with statistic and partners predicted to the midpoint. The rings of the first half of the step, applied with
 * the statistic at its start, give a predicted midpoint cloud; all rings of the step are then applied, from its start, with the
 * statistic and partners of that cloud.
 *
 * Weak order 2: given their number, the rings of a particle are uniform in the step, so s(time of ring) − s(midpoint) averages
 * to O(h²); the prediction of s(midpoint) is itself wrong by O(h²) only.
 *
 * @param options.step - h, mean-field time
 */
export function midpointLeap(options: { readonly step: number }): Scheme {
  return fixedStep(
    info,
    options,
    (problem) => {
      const { process, cloud } = problem;
      const draws = new LeapDraws(problem);
      const first = draws.newRings();
      const second = draws.newRings();
      const start = new Float64Array(cloud.length);
      const s = new Float64Array(process.statisticSize);
      return {
        repeatable: false,
        advance(from, to) {
          const middle = (from + to) / 2;
          draws.constantRings(from, middle, first);
          draws.constantRings(middle, to, second);
          start.set(cloud);
          process.statisticInto(cloud, s);
          draws.freezePartners();
          first.apply(cloud, s, from, draws.context);
          process.statisticInto(cloud, s);
          draws.freezePartners();
          cloud.set(start);
          first.apply(cloud, s, middle, draws.context);
          second.apply(cloud, s, middle, draws.context);
        },
        save: (out) => draws.save(out),
        load: (from) => draws.load(from),
      };
    },
    ({ jumps }) =>
      jumps?.some(({ rate }) => rate.kind !== 'constant')
        ? 'midpoint-leap takes constant rates; thetaTrapezoidalLeap takes varying ones'
        : undefined,
  );
}
