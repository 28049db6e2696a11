import type { Scheme, SchemeInfo, SteppingProblem } from '../scheme.ts';
import { ConstantRateEngine } from './constant-rate-engine.ts';
import { type EventEngine, EventStepper } from './event-stepper.ts';
import { NextReactionEngine } from './next-reaction-engine.ts';
import { VaryingRateEngine } from './varying-rate-engine.ts';

const info: SchemeInfo = {
  name: 'exact-jumps',
  problems: ['jump'],
  steps: 'events',
  deterministicOrder: null,
  strongOrder: 'exact',
  weakOrder: 'exact',
  meanField: 'every event',
  cost: 'per event: O(1) for constant rates, else O(log N) and 1 rate per bound; 2 features φ',
  whenToChoose: 'First choice for jump processes, unless there are so many events per unit time that a leap pays.',
  source:
    'D. T. Gillespie 1977; P. A. W. Lewis, G. S. Shedler 1979 (thinning); C. K. Wong, M. C. Easton 1980 (sum tree); docs/theory.md, section 6',
};

/**
 * Next-event simulation with no time error: the statistic is up to date at every event. Constant rates take O(1) an event, rates of kind
 * `state` and `bounded` O(log N). With given Poisson clocks (`noise: 'common'`) it follows them, by the next reaction method.
 */
export function exactJumps(): Scheme {
  return {
    info,
    refuses: ({ jumps }) =>
      jumps?.some(({ rate }) => rate.kind === 'integrated')
        ? 'exact-jumps takes constant, state and bounded rates; piecewiseDeterministic takes integrated ones'
        : undefined,
    start: (problem) => new EventStepper(problem, eventEngine(problem, true)),
  };
}

/**
 * The cheapest engine that is exact for the rates of a problem.
 *
 * @param defers - whether the caller flushes the engine before anyone looks at the cloud
 */
export function eventEngine(problem: SteppingProblem, defers = false): EventEngine {
  if (problem.clocks) return new NextReactionEngine(problem, problem.clocks);
  const constant = problem.process.jumps.every(({ rate }) => rate.kind === 'constant');
  return constant ? new ConstantRateEngine(problem, defers) : new VaryingRateEngine(problem);
}
