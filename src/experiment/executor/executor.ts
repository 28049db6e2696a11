import type { Team } from '../../kernels/index.ts';
import type { CellInput, CellKind, CellOutput } from '../cells/index.ts';
import { inProcessExecutor } from './in-process.ts';
import { threadExecutor } from './thread-pool.ts';
import { threadCount } from './threads.ts';
import { locateWorker } from './worker-file.ts';

/** Runs cells: pure functions of plain data, named by their kind because functions can't be sent to other threads. */
export interface Executor {
  readonly threads: number;
  /**
   * Runs one cell per input and resolves to their outputs, in the order of the inputs whatever the order of work.
   * Rejects with the error of a cell that throws, or with `signal.reason`; what was not done then is not done any more.
   */
  run<K extends CellKind>(
    kind: K,
    inputs: readonly CellInput<K>[],
    options?: RunCellsOptions,
  ): Promise<CellOutput<K>[]>;
  /** Ends the threads. The executor can't be used afterwards. */
  close(): Promise<void>;
}

export interface RunCellsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after every cell. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

export interface ExecutorOptions {
  /** Default: MEANFIELD_THREADS, else one per core. */
  readonly threads?: number | undefined;
  /**
   * Whether cells run on the calling thread, which blocks it (and Ctrl-C) while a cell runs but starts at once.
   * Default: with one thread only.
   */
  readonly inProcess?: boolean | undefined;
  /** Runs cells on the calling thread, one after another, and each run on all threads of this team: for a few large runs. */
  readonly team?: Team | undefined;
}

/** An executor over worker threads, or on the calling thread. Close it after use. */
export function createExecutor(options: ExecutorOptions = {}): Executor {
  if (options.team !== undefined) return inProcessExecutor(options.team);
  const threads = threadCount(options.threads);
  const worker = (options.inProcess ?? threads === 1) ? undefined : locateWorker('worker');
  return worker === undefined ? inProcessExecutor() : threadExecutor(threads, worker);
}
