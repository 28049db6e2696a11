import { checkInteger } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import type { Outcome, OutcomeCode } from '../base/outcome.ts';
import type { MeanFieldProcess } from '../process/process.ts';
import type { Stream } from '../random/stream.ts';
import { EnsembleMoments } from './ensemble-moments.ts';
import type { SolveOptions } from './options.ts';
import { solve } from './solve.ts';

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
  const { runs, firstRun = 0, rng, progress, ...rest } = options;
  checkInteger('runs', runs, { min: 1 });
  checkInteger('firstRun', firstRun, { min: 0 });
  if (!rng) throw new ArgumentError('rng', rng, 'a stream, e.g. stream(1)');
  const times = Float64Array.from((options.saveAt as ArrayLike<number> | undefined) ?? []);
  const moments: EnsembleMoments[] = [];
  const outcomes: Partial<Record<OutcomeCode, number>> = {};
  let firstFailure: Ensemble['firstFailure'];
  for (let run = firstRun; run < firstRun + runs; run++) {
    const { outcome, saved } = solve(process, { ...rest, rng: rng.split('run', run) });
    saved.forEach((values, k) => {
      (moments[k] ??= new EnsembleMoments(values.length)).add(values);
    });
    outcomes[outcome.code] = (outcomes[outcome.code] ?? 0) + 1;
    if (!firstFailure && outcome.code !== 'completed' && outcome.code !== 'terminated') firstFailure = { run, outcome };
    if (outcome.code === 'aborted') break;
    progress?.((run - firstRun + 1) / runs);
  }
  return { times, moments, outcomes, ...(firstFailure && { firstFailure }) };
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
  const firstFailure = a.firstFailure ?? b.firstFailure;
  return { times: a.times, moments, outcomes, ...(firstFailure && { firstFailure }) };
}
