import type { CloudProcess } from '../../process/over-cloud.ts';
import { fixedStep } from '../fixed-step.ts';
import type { Scheme, SchemeInfo } from '../scheme.ts';
import { LeapDraws } from './leap-draws.ts';

const info: SchemeInfo = {
  name: 'tau-leap',
  problems: ['jump'],
  steps: 'fixed',
  deterministicOrder: null,
  strongOrder: null,
  weakOrder: 1,
  meanField: 'frozen over a step',
  cost: '1 statistic, 1 rate per varying jump and particle, the rings',
  whenToChoose: 'Rates of any kind when events are too many to follow; the baseline other leaps are measured against.',
  source: 'D. T. Gillespie, J. Chem. Phys. 115 (2001) 1716–1733',
};

/**
 * Explicit leap: over a step, rates and statistic stay what they were at its start, and the jump with rate λ is made Poisson(λh)
 * times. A displacement is made all at once, a map as often as it rings, each time from where the last one led.
 *
 * @param options.step - h, mean-field time
 */
export function tauLeap(options: { readonly step: number }): Scheme {
  return fixedStep(info, options, (problem) => {
    const { process, cloud } = problem;
    const draws = new LeapDraws(problem);
    const rings = draws.newRings();
    const s = new Float64Array(process.statisticSize);
    const rates = process.jumps.map(({ rate }) => new Float64Array(rate.kind === 'constant' ? 0 : process.count));
    return {
      repeatable: false,
      advance(from, to) {
        const h = to - from;
        process.statisticInto(cloud, s);
        draws.freezePartners();
        varyingRatesInto(process, cloud, s, from, rates);
        draws.constantRings(from, to, rings);
        for (const { index: k, displacement } of process.jumps)
          for (let i = 0; i < rates[k]!.length; i++) {
            const number = rates[k]![i]! > 0 ? draws.firings(i, k, rates[k]![i]! * h, from) : 0;
            if (number === 0) continue;
            if (displacement) move(cloud, i, number, displacement);
            else for (let e = 0; e < number; e++) rings.add(i, k);
          }
        rings.apply(cloud, s, from, draws.context);
      },
      save: (out) => draws.save(out),
      load: (from) => draws.load(from),
    };
  });
}

/** λ of every particle for the jumps whose rate is not constant. */
export function varyingRatesInto(
  process: CloudProcess,
  cloud: Float64Array,
  s: Float64Array,
  t: number,
  rates: readonly Float64Array[],
): void {
  for (const jump of process.jumps) if (jump.rate.kind !== 'constant') jump.ratesInto(cloud, s, t, rates[jump.index]!);
}

/** x_i += number · by */
export function move(cloud: Float64Array, i: number, number: number, by: Float64Array): void {
  const p = by.length;
  for (let j = 0; j < p; j++) cloud[i * p + j]! += number * by[j]!;
}
