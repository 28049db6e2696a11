import { activeSetInto } from '../../random/active-set.ts';
import { fixedStep } from '../fixed-step.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { ChangingStatistic } from './changing-statistic.ts';
import { LeapDraws } from './leap-draws.ts';

const info: SchemeInfo = {
  name: 'bernoulli-clock',
  problems: ['jump'],
  steps: 'fixed',
  deterministicOrder: null,
  strongOrder: null,
  weakOrder: 1,
  meanField: 'frozen over a step',
  cost: 'the rings, 1 statistic unless few particles ring',
  whenToChoose:
    'Dropout at fixed learning rate and keep rate, for which it is exact; as an approximation, tau-leap is as good.',
  source: 'docs/theory.md, sections 2 and 6',
};

/**
 * A regular clock of period h: at each tick every particle makes the jump of rate λ with probability λh, independently, with
 * the statistic before the tick. Between ticks nothing moves, and save times there see the state after the last one. With
 * given Poisson clocks a particle jumps when its own rang since the last tick: then the probability is 1 − e^(−λh).
 *
 * @param options.step - h, mean-field time; at most 1/λ
 */
export function bernoulliClock(options: { readonly step: number }): Scheme {
  return fixedStep(
    info,
    options,
    (problem) => {
      const { process, cloud, clocks } = problem;
      const draws = new LeapDraws(problem);
      const statistic = new ChangingStatistic(process);
      const frozen = new Float64Array(process.statisticSize);
      const active = new Int32Array(process.count);
      const activeOf = (jump: number, rate: number, from: number, to: number): number => {
        if (!clocks) return activeSetInto(draws.context.rng, process.count, Math.min(1, rate * options.step), active);
        let count = 0;
        const [low, high] = [(from - problem.time) * rate, (to - problem.time) * rate];
        for (let i = 0; i < process.count; i++) if (clocks.nextAfter(i, jump, low) <= high) active[count++] = i;
        return count;
      };
      return {
        repeatable: false,
        indivisible: true,
        advance(from, to) {
          frozen.set(statistic.of(cloud));
          draws.freezePartners();
          for (const jump of process.jumps) {
            if (jump.rate.kind !== 'constant' || jump.rate.value === 0) continue;
            const count = activeOf(jump.index, jump.rate.value, from, to);
            statistic.during(cloud, active, count, () =>
              jump.applyMany(cloud, active, count, frozen, from, draws.context),
            );
          }
        },
        reset: () => statistic.forget(),
        statistic: () => statistic.of(cloud),
        save(out) {
          draws.save(out);
          statistic.save(out);
        },
        load(from) {
          draws.load(from);
          statistic.load(from);
        },
      };
    },
    ({ jumps = [] }) => {
      const { step } = options;
      for (const { rate } of jumps) {
        if (rate.kind !== 'constant') return 'bernoulli-clock takes constant rates; tauLeap takes varying ones';
        if (rate.value * step > 1 + 1e-12)
          return `bernoulli-clock needs rate × step ≤ 1, and this is ${rate.value * step}`;
      }
      return undefined;
    },
  );
}
