import { ArgumentError } from '../../base/errors.ts';
import { createExecutor, type Executor } from '../executor/executor.ts';

/** Options of work on several threads that a module of the user's own does. */
export interface ThreadOptions {
  /** Default: MEANFIELD_THREADS, else one per core. With one the function runs on the calling thread. */
  readonly threads?: number | undefined;
  /** Threads that are there already, instead; they are left running. */
  readonly executor?: Executor | undefined;
  /** Name of the export. Default `default`. */
  readonly export?: string | undefined;
  /** Second argument of the function: plain data, copied with every message; arrays in shared memory are not copied. */
  readonly data?: unknown;
}

/** The executor of these options, their data, and what ends the executor if it is not the caller's. */
export function executorFor({ threads, executor, data }: ThreadOptions): {
  readonly executor: Executor;
  readonly data: unknown;
  close(): Promise<void>;
} {
  if (threads !== undefined && executor !== undefined)
    throw new ArgumentError('threads', threads, 'left out where there is an executor');
  const copy = cloned(data);
  if (executor !== undefined) return { executor, data: copy, async close() {} };
  const own = createExecutor({ threads });
  return { executor: own, data: copy, close: () => own.close() };
}

function cloned(data: unknown): unknown {
  try {
    return structuredClone(data);
  } catch {
    throw new ArgumentError('data', data, 'plain data: numbers, strings, arrays and objects of them');
  }
}
