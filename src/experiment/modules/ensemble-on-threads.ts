import { checkInteger } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { MeanFieldProcess } from '../../process/process.ts';
import type { Stream } from '../../random/stream.ts';
import { type Ensemble, type EnsembleOptions, mergeEnsembles } from '../../solve/index.ts';
import { reviveError } from '../executor/envelope.ts';
import { chunksOf } from '../run/chunks.ts';
import { executorFor, type ThreadOptions } from './executor-for.ts';
import { checkModule } from './module-reference.ts';
import { ensembleFrom } from './plain-ensemble.ts';

/** What the function of a module says of its ensemble: the process, and how each run is solved. */
export interface EnsembleProblem {
  readonly process: MeanFieldProcess;
  readonly options: Omit<EnsembleOptions, 'runs' | 'firstRun' | 'rng' | 'signal' | 'progress'>;
}

/** The problem of an ensemble, from a module's function: `ensembleOnThreads`. */
export type ModuleEnsemble<D = unknown> = (data: D) => EnsembleProblem | Promise<EnsembleProblem>;

/** Options of `ensembleOnThreads`. */
export interface EnsembleOnThreadsOptions extends ThreadOptions {
  /** How many independent runs. Run k uses `rng.split('run', k)`, as in `solveEnsemble`. */
  readonly runs: number;
  readonly rng: Stream;
  readonly signal?: AbortSignal | undefined;
  /** Called with the fraction done, in (0, 1]. */
  readonly progress?: ((fraction: number) => void) | undefined;
}

/**
 * `solveEnsemble` on worker threads. Processes have functions, which can't be sent there: a module of its own exports one, a
 * `ModuleEnsemble`, that makes process and options. It is called for every chunk of runs, of which there are at most 128.
 *
 *     // decay.js
 *     export default ({ rate }) => ({ process: decayAt(rate), options: { initial: [[1]], until: 1, scheme, saveAt: [1], save } });
 *
 *     const { moments } = await ensembleOnThreads(new URL('./decay.js', import.meta.url), { runs: 10_000, rng: stream(1), data: { rate: 2 } });
 *
 * Chunks depend on `runs` alone and are merged in order: the result has the same bits for any number of threads, and is that of
 * `solveEnsemble` up to the rounding of sums.
 *
 * @param module - the file: its URL or absolute path. Node must be able to load it as it is: JavaScript
 * @throws ArgumentError for a wrong request; ModuleError with the run if the process, or making it, throws; the signal's reason
 */
export async function ensembleOnThreads(module: URL | string, options: EnsembleOnThreadsOptions): Promise<Ensemble> {
  const reference = checkModule(module, options.export);
  const { rng, signal, progress } = options;
  const runs = checkInteger('runs', options.runs, { min: 1 });
  if (typeof rng?.save !== 'function') throw new ArgumentError('rng', rng, 'a stream, e.g. stream(1)');
  const { executor, data, close } = executorFor(options);
  try {
    const saved = rng.save();
    const inputs = chunksOf(runs).map((chunk) => ({ module: reference, data, rng: saved, chunk }));
    const chunks = await executor.run('module-ensemble', inputs, {
      signal,
      progress: (done, total) => progress?.(done / total),
    });
    return chunks
      .map((reply) => {
        if ('failure' in reply) throw reviveError(reply.failure);
        return ensembleFrom(reply.ensemble);
      })
      .reduce(mergeEnsembles);
  } finally {
    await close();
  }
}
