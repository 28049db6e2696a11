import { toVector, type VectorLike } from '../../base/arrays.ts';
import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { type Outcome, RunError } from '../../base/outcome.ts';
import type { Distance } from '../../measure/index.ts';
import type { LearningTask } from '../../network/index.ts';
import { StepFailure } from '../../process/index.ts';
import type { Stream } from '../../random/index.ts';
import { type CoupledMoment, pairMeter } from './coupled-moment.ts';
import type { CoupledPair, Coupling } from './coupling.ts';

/** Options of `couple`. */
export interface CoupleOptions {
  /** The end, mean-field time; moved to the nearest step of the coupling. */
  readonly horizon: number;
  /** Names the run: start, clocks, masks and noise are drawn from streams split from it. */
  readonly rng: Stream;
  /** Times at which the sides are measured, increasing, in [0, horizon]; each is moved to the nearest step. Default the horizon. */
  readonly times?: VectorLike;
  /**
   * How many times, equally spaced, the paths are compared at for the supremum (the measured times count as well), or
   * `every-step`: the supremum over all steps, which for jumps is exact at O(np) a step. Default 100.
   */
  readonly comparisons?: number | 'every-step';
  /** A distance between the two clouds, such as `wasserstein2`, at each measured time. Default none. */
  readonly distance?: Distance;
  /** Neurons 0 … tracked - 1 have their paths recorded at the comparisons. Default 0. */
  readonly tracked?: number;
  /** Called with the fraction done in [0, 1], at most about a hundred times. */
  readonly progress?: (fraction: number) => void;
  /** Ends the run as `aborted`; seen between comparisons, so only code that runs within one (a callback) can fire it. */
  readonly signal?: AbortSignal;
  /** Throw a `RunError` unless the run completed. Default false. */
  readonly throwOnFailure?: boolean;
}

/** The path of a pair of neurons at the times of the comparisons, `[p]` each. */
export interface PairPath {
  readonly first: readonly Float64Array[];
  readonly second: readonly Float64Array[];
}

/** What `couple` gives. */
export interface Coupled {
  readonly outcome: Outcome;
  /** The two sides at the measured times that were reached. */
  readonly moments: readonly CoupledMoment[];
  /** sup_t ‖X_i(t) - X̄_i(t)‖ over the comparisons until `outcome.time`, one number a pair. */
  readonly pathErrors: Float64Array;
  /** Times of `paths`. */
  readonly pathTimes: Float64Array;
  /** Of the tracked pairs. */
  readonly paths: readonly PairPath[];
}

/**
 * Runs both sides of a coupling, and measures how far apart they come: by neuron in path space, as measures, and in their
 * predictions (docs/theory.md sections 4.3 and 6). A side that stops being finite ends the run as `diverged`, with what was
 * measured until then. The cost is that of the two runs and O(np) a comparison.
 */
export function couple(task: LearningTask, coupling: Coupling, options: CoupleOptions): Coupled {
  const { rng, signal, progress, distance } = options;
  const horizon = checkNumber('horizon', options.horizon, { above: 0 });
  if (typeof coupling?.start !== 'function')
    throw new ArgumentError('coupling', coupling, 'a coupling, such as networkToLimit({ … })');
  const times = measuredTimes(options.times, horizon);
  const comparisons = options.comparisons ?? 100;
  if (comparisons !== 'every-step') checkInteger('comparisons', comparisons, { min: 1 });
  const pair = coupling.start(task, { horizon, rng });
  const tracked = checkInteger('tracked', options.tracked ?? 0, { min: 0, max: pair.pairs });
  const measured = Int32Array.from(times, (time) => Math.min(pair.ticks, Math.round(time / pair.tick)));
  const stops = stopsOf(pair, measured, comparisons);
  const meter = pairMeter(task, pair);
  const moments: CoupledMoment[] = [];
  const pathTimes: number[] = [];
  const paths = Array.from({ length: tracked }, () => ({ first: [] as Float64Array[], second: [] as Float64Array[] }));
  const reports = Math.max(1, Math.floor(stops.length / 100));

  const visit = (tick: number): void => {
    pair.advanceTo(tick);
    if (!meter.compare())
      throw new StepFailure(
        'diverged',
        tick * pair.tick,
        'a particle stopped being finite; take a smaller jump or step',
      );
    pathTimes.push(tick * pair.tick);
    recordPaths(paths, pair, task.neuron.dimension);
    for (const due of measured) if (due === tick) moments.push(meter.measure(tick * pair.tick, distance));
  };
  const run = (): Outcome => {
    let reached = 0;
    try {
      for (const [k, tick] of stops.entries()) {
        if (signal?.aborted) return outcomeOf('aborted', reached, pair);
        visit(tick);
        reached = tick;
        if (k % reports === 0 || k === stops.length - 1) progress?.(tick / pair.ticks);
      }
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      return { code: error.code, time: error.time, steps: reached, message: error.message };
    }
    return outcomeOf('completed', reached, pair);
  };
  const outcome = run();
  if (options.throwOnFailure === true && outcome.code !== 'completed') throw new RunError(outcome);
  return { outcome, moments, pathErrors: meter.pathErrors(), pathTimes: Float64Array.from(pathTimes), paths };
}

function measuredTimes(times: VectorLike | undefined, horizon: number): Float64Array {
  const out = times === undefined ? Float64Array.of(horizon) : toVector('times', times);
  out.forEach((time, i) => {
    checkNumber(`times[${i}]`, time, { min: i > 0 ? out[i - 1]! : 0, max: horizon });
  });
  return out;
}

/** The ticks at which the sides are compared, increasing. */
function stopsOf(pair: CoupledPair, measured: Int32Array, comparisons: number | 'every-step'): number[] {
  const count = comparisons === 'every-step' ? pair.ticks : Math.min(comparisons, pair.ticks);
  const stops = Array.from({ length: count + 1 }, (_, k) => Math.round((k * pair.ticks) / count));
  return [...new Set([...stops, ...measured])].sort((a, b) => a - b);
}

function outcomeOf(code: 'completed' | 'aborted', reached: number, pair: CoupledPair): Outcome {
  const message = code === 'aborted' ? 'the signal fired' : '';
  return { code, time: reached * pair.tick, steps: reached, message };
}

function recordPaths(paths: { first: Float64Array[]; second: Float64Array[] }[], pair: CoupledPair, p: number): void {
  paths.forEach((path, i) => {
    path.first.push(pair.first.particles.slice(i * p, (i + 1) * p));
    path.second.push(pair.second.particles.slice(i * p, (i + 1) * p));
  });
}
