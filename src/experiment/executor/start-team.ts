import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type CreateTeamOptions, createTeam, type Team } from '../../kernels/team/index.ts';
import { threadCount } from './threads.ts';
import { locateWorker } from './worker-file.ts';

/** A team of worker threads. */
export interface ThreadTeam extends Team {
  /** Ends the threads; calls of its kernels throw from then on. */
  close(): Promise<void>;
}

/** Options of `startTeam`. */
export interface StartTeamOptions {
  /** With the calling thread. Default: MEANFIELD_THREADS, else one per core. */
  readonly threads?: number | undefined;
  /** Multiplications from which on a call is shared. Default 2¹⁷, some tens of microseconds of work. */
  readonly grain?: number | undefined;
}

/**
 * Starts threads that share the work of one run, for the option `team` of `train` and `solveLimit`. The run has the same bits as
 * without them. Each thread keeps the responses of its own neurons, and the particles are shared: memory hardly grows with
 * the threads. They do not keep the process alive; close the team to end them sooner.
 *
 * A thread that fails or is lost makes the call at hand, or the next one, throw; a call never waits for more than two minutes
 * after its own part.
 *
 * @throws ArgumentError for a wrong number of threads; Error if a thread does not start
 */
export async function startTeam(options: StartTeamOptions = {}): Promise<ThreadTeam> {
  const threads = threadCount(options.threads);
  const workers = threads === 1 ? [] : startWorkers(threads - 1);
  try {
    await Promise.all(workers.map(ready));
  } catch (error) {
    await end(workers);
    throw error;
  }
  const settings: CreateTeamOptions = options.grain === undefined ? {} : { grain: options.grain };
  const team = createTeam(
    workers.map((worker) => (message) => worker.postMessage(message)),
    settings,
  );
  for (const worker of workers) {
    worker.on('error', (error) => team.fail(error.message));
    worker.on('exit', () => team.fail('a thread has ended'));
    worker.unref();
  }
  return {
    threads,
    allocate: team.allocate,
    kernel: team.kernel,
    async close() {
      team.fail('it was closed');
      await end(workers);
    },
  };
}

function startWorkers(count: number): Worker[] {
  const file = locateWorker('team-worker');
  if (file === undefined) throw new Error('the file of the worker threads is missing, as in a bundled application');
  return Array.from({ length: count }, () => new Worker(file.filename, { execArgv: [...file.execArgv] }));
}

/** Resolves when a thread has said that it is ready; rejects if it fails or ends before. */
async function ready(worker: Worker): Promise<void> {
  const ended = once(worker, 'exit').then(() => {
    throw new Error('a thread ended before it was ready');
  });
  await Promise.race([once(worker, 'message'), ended]);
}

async function end(workers: readonly Worker[]): Promise<void> {
  await Promise.all(workers.map((worker) => worker.terminate()));
}
