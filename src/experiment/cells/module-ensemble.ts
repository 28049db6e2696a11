import { ArgumentError } from '../../base/errors.ts';
import { restoreStream } from '../../random/stream.ts';
import { solveEnsembleAsync } from '../../solve/index.ts';
import { type PlainError, plainError } from '../executor/envelope.ts';
import type { EnsembleProblem, ModuleEnsemble } from '../modules/ensemble-on-threads.ts';
import { loadFunction } from '../modules/load-function.ts';
import { ModuleError } from '../modules/module-error.ts';
import type { ModuleReference } from '../modules/module-reference.ts';
import { type PlainEnsemble, plainEnsemble } from '../modules/plain-ensemble.ts';
import type { Chunk } from '../run/chunks.ts';
import type { CellContext } from './cell.ts';

/** Some runs of an ensemble whose process comes from a function of the user's own. */
export interface ModuleEnsembleInput {
  readonly module: ModuleReference;
  readonly data: unknown;
  /** A saved stream. */
  readonly rng: Uint8Array;
  readonly chunk: Chunk;
}

/** The error as data, so that of several chunks that fail the first one can be told. */
export type ModuleEnsembleReply = { readonly ensemble: PlainEnsemble } | { readonly failure: PlainError };

export async function moduleEnsemble(
  { module, data, rng, chunk: { first, count } }: ModuleEnsembleInput,
  { signal }: CellContext = {},
): Promise<ModuleEnsembleReply> {
  const make = await loadFunction<ModuleEnsemble>(module);
  let place = 'while its problem was made';
  try {
    const { process, options } = checkProblem(module.href, await make(data));
    let run = first;
    place = `run ${run}`;
    const ensemble = await solveEnsembleAsync(process, {
      ...options,
      runs: count,
      firstRun: first,
      rng: restoreStream(rng),
      ...(signal === undefined ? {} : { signal }),
      progress: () => {
        place = `run ${++run}`;
      },
    });
    signal?.throwIfAborted();
    return { ensemble: plainEnsemble(ensemble) };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { failure: plainError(new ModuleError(module.href, place, error)) };
  }
}

function checkProblem(href: string, problem: EnsembleProblem): EnsembleProblem {
  if (typeof problem !== 'object' || problem === null || !problem.process || !problem.options)
    throw new ArgumentError(`what ${href} returns`, problem, '{ process, options }');
  return problem;
}
