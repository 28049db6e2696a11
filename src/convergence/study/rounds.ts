import { ArgumentError } from '../../base/errors.ts';
import { type Allocation, allocate, allocateEvenly, type Costs, costOf } from './allocate.ts';
import { estimatesOf, type StudyData } from './measure.ts';
import type { StudyOptions, StudyPlan } from './options.ts';
import type { GrowingState } from './state.ts';
import { varianceModel } from './variance-model.ts';

/** Shares of the budget after which the allocation is planned anew; the first ones are the early looks. */
const ROUNDS = [0.25, 0.5, 1] as const;
export const EARLY_LOOKS = ROUNDS.length - 1;

/** What the next round draws up to: the pilot, then shares of the budget; null when the budget is spent. */
export function nextTarget(plan: StudyPlan, options: StudyOptions, state: GrowingState): Allocation | null {
  const { pilot, sampled } = plan;
  const drawn = drawnOf(state);
  if (isPiloting(plan, state))
    return {
      counts: drawn.counts.map((n) => Math.max(n, pilot)),
      reference: sampled ? Math.max(drawn.reference, pilot) : 0,
    };
  const costs = costsOf(plan, state);
  const budget = budgetOf(options, costs);
  const spent = costOf(drawn, costs);
  for (const share of ROUNDS) {
    // a round that adds little to what is there is left to the next one
    if (spent >= (share < 1 ? 0.8 : 1) * share * budget) continue;
    const target = planned(plan, options, state, costs, share * budget);
    if (target.counts.some((n, i) => n > drawn.counts[i]!) || target.reference > drawn.reference) return target;
  }
  return null;
}

/** Whether replicates of the pilot are missing, at a size or of the reference. */
export function isPiloting({ pilot, sampled }: StudyPlan, state: GrowingState): boolean {
  const { counts, reference } = drawnOf(state);
  return counts.some((n) => n < pilot) || (sampled && reference < pilot);
}

function planned(
  plan: StudyPlan,
  options: StudyOptions,
  state: GrowingState,
  costs: Costs,
  budget: number,
): Allocation {
  const drawn = drawnOf(state);
  if (options.allocation === 'even') return allocateEvenly(costs, budget, drawn);
  const data = dataOf(plan, options, state);
  const x = plan.sizes.map(Math.log);
  const model = varianceModel(plan.measure, x, data, estimatesOf(plan.measure, data), options.predicted);
  return allocate(x, model, costs, budget, drawn);
}

/** Replicates so far. */
export function drawnOf(state: GrowingState): Allocation {
  return { counts: state.samples.map((rows) => rows.length), reference: state.reference.length };
}

/** Given costs, or the seconds of the pilot. */
export function costsOf({ sizes, cost, sampled, referenceCost, pilot }: StudyPlan, state: GrowingState): Costs {
  const timed = (k: number) => Math.max(state.seconds[k]! / pilot, 1e-9);
  const own = Array.from(sizes, (size, i) => cost?.(size) ?? timed(i));
  const reference = cost === undefined ? timed(sizes.length) : (referenceCost ?? Math.max(...own));
  return { sizes: own, reference: sampled ? reference : 0 };
}

export function budgetOf({ replicates, budget }: StudyOptions, costs: Costs): number {
  return budget ?? replicates! * (costs.sizes.reduce((sum, c) => sum + c, 0) + costs.reference);
}

/** Throws unless the budget pays for the pilot; measured costs are not known yet. */
export function checkBudget(plan: StudyPlan, options: StudyOptions, state: GrowingState): void {
  if (plan.cost === undefined) return;
  const costs = costsOf(plan, state);
  const counts = state.samples.map(() => plan.pilot);
  const least = costOf({ counts, reference: plan.sampled ? plan.pilot : 0 }, costs);
  const budget = budgetOf(options, costs);
  if (budget < least) {
    const [name, value] = options.budget === undefined ? ['replicates', options.replicates] : ['budget', budget];
    throw new ArgumentError(name, value, `enough for a pilot of ${plan.pilot} at every size, which costs ${least}`);
  }
}

/** The replicates as estimators take them. */
export function dataOf(plan: StudyPlan, { weights }: StudyOptions, state: GrowingState): StudyData {
  return { samples: state.samples, reference: plan.sampled ? state.reference : plan.exact, weights };
}
