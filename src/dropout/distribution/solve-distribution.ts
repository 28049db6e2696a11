import { RunError } from '../../base/outcome.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Phase } from '../phase/index.ts';
import type { LawObservables } from './observables.ts';
import type { DistributionSolution, LawErrors, SavedLaw, SolveDistributionOptions } from './options.ts';
import { distanceBetween, meanOfReplicates, sumOf } from './packed.ts';
import { type DistributionPlan, planDistribution } from './plan.ts';
import { coarseSpace, coarseTime } from './resolutions.ts';
import { type RunRequest, type RunResult, runOnce } from './run-once.ts';

/**
 * Solves the evolution equation of a phase for the law μ_t of a neuron (docs/theory.md section 3): the same limit that
 * `solveLimit` follows by particles, as a deterministic or nearly deterministic reference, with an error estimate.
 *
 * The end of the run is data: look at `outcome.code`. Argument errors are thrown before any work is done.
 *
 * Cost: O(Nmp) a stage for N nodes, cells, atoms or particles; times K for penalized jumps with K partner sums on a grid.
 *
 * @example
 * const { final } = solveDistribution(phasePoissonJump({ jumpSize: 0.5 }), task, { horizon: 2, representation: grid({ cells: 400 }) });
 * final.predictions; // F(μ_2)
 * final.error!.total.predictions; // how far off they may be
 */
export function solveDistribution(
  phase: Phase,
  task: LearningTask,
  options: SolveDistributionOptions,
): DistributionSolution {
  const steps = runAll(planDistribution(phase, task, options), options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return finish(value, options);
  }
}

/** `solveDistribution` that lets timers, signals and the screen have their turn about every 30 milliseconds. */
export async function solveDistributionAsync(
  phase: Phase,
  task: LearningTask,
  options: SolveDistributionOptions,
): Promise<DistributionSolution> {
  const steps = runAll(planDistribution(phase, task, options), options);
  let since = Date.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return finish(value, options);
    if (Date.now() - since < 30) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    since = Date.now();
  }
}

function finish(solution: DistributionSolution, { throwOnFailure }: SolveDistributionOptions): DistributionSolution {
  if (throwOnFailure && solution.outcome.code !== 'completed') throw new RunError(solution.outcome);
  return solution;
}

/** The runs at full resolution, and if these complete those at half the resolution. */
function* runAll(
  plan: DistributionPlan,
  options: SolveDistributionOptions,
): Generator<number, DistributionSolution, undefined> {
  const { estimateError = true, measures = false, progress, signal } = options;
  const time = estimateError ? coarseTime(plan) : undefined;
  const space = estimateError ? coarseSpace(plan) : undefined;
  const meter = new Meter(1 + (time === undefined ? 0 : 0.5) + (space === undefined ? 0 : 0.5), progress);
  const full = { representation: plan.representation, axes: plan.axes, time: plan.time, signal };
  const fine = yield* replicates(plan, { ...full, measures }, meter, 1);
  const failed = fine.find((run) => run.outcome.code !== 'completed');
  let byTime: readonly RunResult[] | undefined;
  let bySpace: readonly RunResult[] | undefined;
  if (failed === undefined && time !== undefined)
    byTime = completed(yield* replicates(plan, { ...full, time: time.time, measures: false }, meter, 0.5));
  if (failed === undefined && space !== undefined)
    bySpace = completed(yield* replicates(plan, { ...full, ...space, measures: false }, meter, 0.5));

  const lawAt = (pick: (run: RunResult) => LawObservables, at: number, measure: SavedLaw['measure']): SavedLaw => {
    const { mean, standardError } = meanOfReplicates(plan.task, fine.map(pick));
    const errors: { -readonly [key in 'time' | 'space' | 'random']?: LawObservables } = {};
    if (byTime) errors.time = distanceBetween(mean, meanOfReplicates(plan.task, byTime.map(pick)).mean, time!.divisor);
    if (bySpace) errors.space = distanceBetween(mean, meanOfReplicates(plan.task, bySpace.map(pick)).mean, 1);
    if (standardError && estimateError) errors.random = standardError;
    const parts = Object.values(errors);
    const error: LawErrors | undefined = parts.length > 0 ? { ...errors, total: sumOf(parts, mean) } : undefined;
    return { ...mean, time: at, ...(measure ? { measure } : {}), ...(error && failed === undefined ? { error } : {}) };
  };
  const reached = Math.min(...fine.map((run) => run.saved.length));
  const last = failed ?? fine[0]!;
  const saved = Array.from({ length: reached }, (_, i) =>
    lawAt((run) => run.saved[i]!, plan.saveAt[i]!, fine[0]!.measures[i]),
  );
  // Replicates end at different times when one fails: then the end is that of the one that failed.
  const final: SavedLaw =
    failed === undefined
      ? lawAt((run) => run.final, plan.until, fine[0]!.finalMeasure)
      : { ...failed.final, time: failed.outcome.time, measure: failed.finalMeasure };
  return {
    outcome: last.outcome,
    times: plan.saveAt.slice(0, reached),
    saved,
    final,
    representation: plan.representation,
    time: plan.time,
    replicates: plan.replicates,
  };
}

/** All replicates of one resolution, up to the first that fails. Replicate i has the stream `rng.split('replicate', i)`. */
function* replicates(
  plan: DistributionPlan,
  request: Omit<RunRequest, 'rng'>,
  meter: Meter,
  share: number,
): Generator<number, RunResult[], undefined> {
  const results: RunResult[] = [];
  for (let i = 0; i < plan.replicates; i++) {
    const run = runOnce(plan, {
      ...request,
      measures: request.measures && i === 0,
      rng: plan.rng?.split('replicate', i),
    });
    for (let step = run.next(); ; step = run.next()) {
      if (step.done) {
        results.push(step.value);
        break;
      }
      yield meter.show((share * (i + step.value)) / plan.replicates);
    }
    if (results[i]!.outcome.code !== 'completed') return results;
  }
  meter.add(share);
  return results;
}

function completed(runs: readonly RunResult[]): readonly RunResult[] | undefined {
  return runs.every((run) => run.outcome.code === 'completed') ? runs : undefined;
}

/** Reports progress when its percentage changes. */
class Meter {
  private done = 0;
  private shown = -1;

  constructor(
    private readonly total: number,
    private readonly progress: ((fraction: number) => void) | undefined,
  ) {}

  add(share: number): void {
    this.done += share;
    this.show(0);
  }

  show(part: number): number {
    const fraction = Math.min(1, (this.done + part) / this.total);
    const percent = Math.floor(100 * fraction);
    if (percent !== this.shown) this.progress?.(fraction);
    this.shown = percent;
    return fraction;
  }
}
