import { ArgumentError } from '../../base/errors.ts';
import type { BatchSampler, Replicate, SampleRequest } from '../../convergence/study/index.ts';
import { reviveError } from '../executor/envelope.ts';
import { executorFor, type ThreadOptions } from './executor-for.ts';
import { checkModule } from './module-reference.ts';

/** A replicate, drawn by a module's function: `samplerOnThreads`. All its randomness comes from `request.rng`. */
export type ModuleSampler<D = unknown> = (request: SampleRequest, data: D) => Replicate | Promise<Replicate>;

/** A sampler of studies whose replicates are drawn on several threads. */
export interface ThreadedSampler {
  readonly threads: number;
  /** For the option of that name of `study`; it stops with the study's signal, within replicates too. */
  readonly sampleMany: BatchSampler;
  /** Ends the threads, unless they belong to a given executor. */
  close(): Promise<void>;
}

/** Cells a thread gets of a batch: enough to even out, few enough for their messages not to count. */
const CELLS_PER_THREAD = 8;

/**
 * Draws the replicates of a `study` on worker threads. Functions can't be sent to them, so the sampler is one that a module of
 * its own exports, a `ModuleSampler`; every thread loads the module. Each replicate has its own stream: a study has the
 * same bits for any number of threads and any `batch`, and as with the same function as `error`.
 *
 *     // sampler.js
 *     export default ({ size, rng }) => Math.abs(simulate(size, rng) - exact);
 *
 *     const sampler = samplerOnThreads(new URL('./sampler.js', import.meta.url));
 *     const result = await study({ sampleMany: sampler.sampleMany, sizes, budget, rng });
 *     await sampler.close();
 *
 * Each thread gets a batch (256 replicates) in eight messages of about half a millisecond, and threads wait for each other at its
 * end: larger batches suit very quick replicates, and very unequal ones.
 *
 * What is thrown, by `sampleMany`: a ModuleError if the function throws or the module can't be loaded, an ArgumentError
 * if there is no such function or a replicate is not a finite number or a vector of them; of several, that of the first replicate.
 *
 * @param module - the file: its URL or absolute path. Node must be able to load it as it is: JavaScript
 * @throws ArgumentError if there is no such file, for a wrong number of threads and for data that can't be sent
 */
export function samplerOnThreads(module: URL | string, options: ThreadOptions = {}): ThreadedSampler {
  const reference = checkModule(module, options.export);
  const { executor, data, close } = executorFor(options);
  const sampleMany: BatchSampler = async (requests, { signal }) => {
    const cells = Math.min(requests.length, CELLS_PER_THREAD * executor.threads);
    // Every cell has its share of every size: they take about as long as each other.
    const shares = Array.from({ length: cells }, (_, c) => requests.filter((_, k) => k % cells === c));
    const inputs = shares.map((share) => ({ module: reference, data, requests: share.map(plainRequest) }));
    const replies = await executor.run('module-samples', inputs, { signal });
    const failures = replies.flatMap(({ values, failure }, c) =>
      failure === undefined ? [] : [{ at: values.length * cells + c, failure }],
    );
    if (failures.length > 0) throw reviveError(failures.reduce((a, b) => (b.at < a.at ? b : a)).failure);
    return requests.map((_, k) => replies[k % cells]!.values[Math.floor(k / cells)]!) satisfies Replicate[];
  };
  return { threads: executor.threads, sampleMany, close };
}

function plainRequest({ size, replicate, rng }: SampleRequest) {
  if (typeof rng?.save !== 'function') throw new ArgumentError('requests: rng', rng, 'a stream');
  return { size, replicate, rng: rng.save() };
}
