import { fixedStep } from '../fixed-step.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { ChangingStatistic } from './changing-statistic.ts';
import { LeapDraws } from './leap-draws.ts';

const info: SchemeInfo = {
  name: 'extrapolated-leap',
  problems: ['jump'],
  steps: 'fixed',
  deterministicOrder: null,
  strongOrder: null,
  weakOrder: 2,
  meanField: 'extrapolated to the midpoint',
  cost: 'the rings, 1 statistic unless few particles ring',
  whenToChoose:
    'The cheapest for mean-field jumps with constant rates, without partners: many short leaps cost what few do.',
  source: 'docs/theory.md, section 8.3',
};

/**
 * Leap for constant rates with the statistic carried on in a straight line, from its values at the starts of this step and the last one, to
 * the middle of this one: s + (h/2)(s − s₋)/h₋. A step is one of `midpointLeap` if it
 * is the first (after the cloud was changed from outside, too) or the last one was far shorter.
 *
 * Weak order 2, as `midpointLeap`, without its predictor. The statistic follows the particles that ring, where the process can sum over some
 * of them: a step of few rings costs these alone, whatever the size of the cloud.
 *
 * @param options.step - h, mean-field time
 */
export function extrapolatedLeap(options: { readonly step: number }): Scheme {
  return fixedStep(
    info,
    options,
    (problem) => {
      const { process, cloud } = problem;
      const draws = new LeapDraws(problem);
      const rings = draws.newRings();
      const more = draws.newRings();
      const statistic = new ChangingStatistic(process);
      const last = new Float64Array(process.statisticSize);
      const middle = new Float64Array(process.statisticSize);
      /** Of the last step; 0 if there was none. */
      let length = 0;
      /** The statistic after the rings of half a step, made with s, which becomes the last one. */
      function predict(s: Float64Array, from: number): void {
        last.set(s);
        const start = cloud.slice();
        rings.apply(cloud, last, from, draws.context);
        process.statisticInto(cloud, middle);
        cloud.set(start);
      }
      return {
        repeatable: false,
        advance(from, to) {
          const s = statistic.of(cloud);
          const half = (from + to) / 2;
          if (4 * length < to - from) {
            draws.constantRings(from, half, rings);
            draws.constantRings(half, to, more);
            predict(s, from);
            rings.apply(cloud, middle, half, draws.context, statistic);
            more.apply(cloud, middle, half, draws.context, statistic);
          } else {
            const weight = (to - from) / (2 * length);
            for (let j = 0; j < s.length; j++) middle[j] = s[j]! + weight * (s[j]! - last[j]!);
            last.set(s);
            draws.constantRings(from, to, rings);
            rings.apply(cloud, middle, half, draws.context, statistic);
          }
          length = to - from;
        },
        reset() {
          statistic.forget();
          length = 0;
        },
        statistic: () => statistic.of(cloud),
        save(out) {
          draws.save(out);
          statistic.save(out);
          out.float64(length);
          out.float64s(last);
        },
        load(from) {
          draws.load(from);
          statistic.load(from);
          length = from.float64();
          from.float64sInto(last);
        },
      };
    },
    ({ jumps }) => {
      if (jumps?.some(({ rate }) => rate.kind !== 'constant'))
        return 'extrapolated-leap takes constant rates; thetaTrapezoidalLeap takes varying ones';
      return jumps?.some(({ change }) => change.kind === 'map' && change.partners === true)
        ? 'extrapolated-leap takes jumps without partners; midpointLeap takes them'
        : undefined;
    },
  );
}
