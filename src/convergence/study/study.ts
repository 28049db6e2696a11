import { costOf } from './allocate.ts';
import { collect } from './collect.ts';
import { conclude, type Findings } from './conclude.ts';
import type { StudyMeasure } from './measure.ts';
import { checkStudy, type StudyOptions } from './options.ts';
import { budgetOf, checkBudget, costsOf, dataOf, drawnOf, EARLY_LOOKS, isPiloting, nextTarget } from './rounds.ts';
import { closeState, openState, type StudyState } from './state.ts';

/** The part of the error probabilities that one early look spends. */
const EARLY_SHARE = 0.1;

interface StudyEnd {
  readonly measure: StudyMeasure;
  readonly sizes: Float64Array;
  /** Replicates drawn by size. */
  readonly replicates: readonly number[];
  readonly referenceReplicates: number;
  /** Cost of all of them, and what it might have been. */
  readonly spent: number;
  readonly budget: number;
  /** To resume from, with a larger budget if need be. */
  readonly state: StudyState;
}

/** A study that came to its end: `completed` at the end of its budget, `decided` at an early look. */
export interface CompletedStudy extends StudyEnd, Findings {
  readonly outcome: 'completed' | 'decided';
  /** How often the claim has been judged in all; more than once only with `early`, or when a study was resumed after its end. */
  readonly looks: number;
  /** For an undecided claim, the budget that would probably decide it. */
  readonly neededBudget?: number;
}

/** A study whose signal fired. */
export interface AbortedStudy extends StudyEnd {
  readonly outcome: 'aborted';
  /** One sentence. */
  readonly summary: string;
}

/**
 * Measures how an error depends on a size, and holds it against a predicted exponent.
 *
 * A pilot at every size tells how noisy replicates are; the rest of the budget goes where it tells most about the exponent
 * (`allocate`), planned anew after a quarter and a half of it. Errors and their joint covariance come from `fluctuations`,
 * `biases`, `rootMeanSquares` or `meanErrors`, the exponent from `fitPowerLaw`, the verdict from `decideClaim`. The design
 * looks at variances, not at the exponent, so intervals keep their coverage (docs/calibration.md); with `early` the
 * error probabilities are split among the looks (docs/theory.md 10.4).
 *
 * The same stream gives the same result whatever the batches, and whether or not it was interrupted, unless costs are
 * measured. Keeps all replicates. Throws ArgumentError before any work if the request is wrong, and when a replicate
 * is not finite.
 */
export async function study(options: StudyOptions): Promise<CompletedStudy | AbortedStudy> {
  const plan = checkStudy(options);
  const { rng, signal } = options;
  const state = openState(options.state, rng, plan.sizes, plan.measure);
  checkBudget(plan, options, state);
  const save = () => closeState(state, rng, plan.sizes, plan.measure);
  const end = (): StudyEnd => {
    const drawn = drawnOf(state);
    const costs = costsOf(plan, state);
    return {
      measure: plan.measure,
      sizes: plan.sizes,
      replicates: drawn.counts,
      referenceReplicates: drawn.reference,
      spent: costOf(drawn, costs),
      budget: budgetOf(options, costs),
      state: save(),
    };
  };
  for (;;) {
    const piloting = isPiloting(plan, state);
    state.target ??= nextTarget(plan, options, state);
    if (state.target === null) break;
    const timed = plan.cost === undefined && piloting;
    const whole = await collect(plan, state, { rng, signal, timed }, () => {
      if (options.progress) {
        const costs = costsOf(plan, state);
        options.progress(costOf(drawnOf(state), costs), budgetOf(options, costs));
      }
      if (options.checkpoint) options.checkpoint(save());
    });
    if (!whole) return { outcome: 'aborted', summary: 'the study was aborted: it goes on from its state', ...end() };
    state.target = null;
    const pilotOnly = state.samples.every((rows) => rows.length === plan.pilot);
    if (!options.early || pilotOnly || state.looks >= EARLY_LOOKS || nextTarget(plan, options, state) === null)
      continue;
    const findings = conclude(plan, options, dataOf(plan, options, state), EARLY_SHARE);
    state.looks++;
    if (findings.claim!.verdict !== 'undecided')
      return { outcome: 'decided', ...end(), looks: state.looks, ...findings };
  }
  const share = options.early ? 1 - EARLY_SHARE * EARLY_LOOKS : 1;
  const findings = conclude(plan, options, dataOf(plan, options, state), share);
  state.looks++;
  const { claim } = findings;
  const done = end();
  return {
    outcome: 'completed',
    ...done,
    looks: state.looks,
    ...findings,
    ...(claim?.factor === undefined ? {} : { neededBudget: claim.factor * done.spent }),
  };
}
