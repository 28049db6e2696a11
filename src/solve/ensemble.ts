import { toVector } from '../base/arrays.ts';
import { checkInteger } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import type { Outcome, OutcomeCode } from '../base/outcome.ts';
import type { MeanFieldProcess } from '../process/process.ts';
import type { Stream } from '../random/stream.ts';
import { EnsembleMoments } from './ensemble-moments.ts';
import type { Solution, SolveOptions } from './options.ts';
import { SLICE, solve, solveAsync } from './solve.ts';

/** Options of `solveEnsemble`: those of `solve`, with what is observed as numbers. */
export interface EnsembleOptions
  extends Omit<SolveOptions<ArrayLike<number>>, 'rng' | 'resume' | 'checkpoint' | 'dense'> {
  /** How many independent runs. Run k uses `rng.split('run', k)`. */
  readonly runs: number;
  /** Number of the first run. Default 0. Ensembles of different runs merge into one, e.g. those of several workers. */
  readonly firstRun?: number;
  readonly rng: Stream;
}

/** What an ensemble gives: moments over runs, at each time, of the numbers that `save` returned. */
export interface Ensemble {
  readonly times: Float64Array;
  /** One for each of `times`, over the runs that reached it. */
  readonly moments: readonly EnsembleMoments[];
  /** How many runs ended how. */
  readonly outcomes: Readonly<Partial<Record<OutcomeCode, number>>>;
  /** The first run that was neither completed nor terminated, if there is one. */
  readonly firstFailure?: { readonly run: number; readonly outcome: Outcome };
}

/**
 * Independent runs of the same problem, with mean and variance reduced online: memory doesn't grow with the runs. For particles that
 * don't interact one cloud of all of them is faster than an ensemble of single ones.
 */
export function solveEnsemble(process: MeanFieldProcess, options: EnsembleOptions): Ensemble {
  const ensemble = new GrowingEnsemble(options);
  for (let run = ensemble.first; run < ensemble.end; run++)
    if (!ensemble.add(run, solve(process, ensemble.optionsOf(run)))) break;
  return ensemble.result();
}

/** `solveEnsemble` that lets timers, signals and the screen have their turn, as `solveAsync` does. */
export async function solveEnsembleAsync(process: MeanFieldProcess, options: EnsembleOptions): Promise<Ensemble> {
  const ensemble = new GrowingEnsemble(options);
  let since = Date.now();
  for (let run = ensemble.first; run < ensemble.end; run++) {
    if (!ensemble.add(run, await solveAsync(process, ensemble.optionsOf(run)))) break;
    if (Date.now() - since < SLICE) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    since = Date.now();
  }
  return ensemble.result();
}

/** The runs so far. */
class GrowingEnsemble {
  readonly first: number;
  readonly end: number;
  private readonly moments: EnsembleMoments[] = [];
  private readonly outcomes: Partial<Record<OutcomeCode, number>> = {};
  private firstFailure: Ensemble['firstFailure'];

  constructor(private readonly options: EnsembleOptions) {
    const { runs, firstRun = 0, rng } = options;
    checkInteger('runs', runs, { min: 1 });
    this.first = checkInteger('firstRun', firstRun, { min: 0 });
    this.end = this.first + runs;
    if (!rng) throw new ArgumentError('rng', rng, 'a stream, e.g. stream(1)');
  }

  optionsOf(run: number): SolveOptions<ArrayLike<number>> {
    const { runs: _, firstRun, progress, rng, ...rest } = this.options;
    return { ...rest, rng: rng.split('run', run) };
  }

  /** Whether to go on. */
  add(run: number, { outcome, saved }: Solution<ArrayLike<number>>): boolean {
    const { moments, outcomes } = this;
    saved.forEach((values, k) => {
      (moments[k] ??= new EnsembleMoments(values.length)).add(values);
    });
    const { code } = outcome;
    outcomes[code] = (outcomes[code] ?? 0) + 1;
    if (code !== 'completed' && code !== 'terminated') this.firstFailure ??= { run, outcome };
    if (code === 'aborted') return false;
    this.options.progress?.((run - this.first + 1) / (this.end - this.first));
    return true;
  }

  result(): Ensemble {
    const { moments, outcomes, firstFailure } = this;
    const times = toVector('saveAt', this.options.saveAt ?? []);
    return { times, moments, outcomes, ...(firstFailure && { firstFailure }) };
  }
}

/** The ensemble of the runs of both; they must have the same times. */
export function mergeEnsembles(a: Ensemble, b: Ensemble): Ensemble {
  if (a.times.length !== b.times.length || a.times.some((time, k) => time !== b.times[k]))
    throw new ArgumentError('b.times', b.times, 'the same times as those of the other ensemble');
  const moments = Array.from({ length: Math.max(a.moments.length, b.moments.length) }, (_, k) => {
    const sum = new EnsembleMoments((a.moments[k] ?? b.moments[k])!.size);
    for (const part of [a.moments[k], b.moments[k]]) if (part) sum.merge(part);
    return sum;
  });
  const outcomes = { ...a.outcomes };
  for (const [code, count] of Object.entries(b.outcomes) as [OutcomeCode, number][])
    outcomes[code] = (outcomes[code] ?? 0) + count;
  const [firstFailure] = [a.firstFailure, b.firstFailure]
    .filter((failure) => failure !== undefined)
    .sort((one, other) => one.run - other.run);
  return { times: a.times, moments, outcomes, ...(firstFailure && { firstFailure }) };
}
