import type { Piscina } from 'piscina';
import type { CellKind } from '../cells/index.ts';
import { type CellReply, reviveError } from './envelope.ts';
import type { Executor, RunCellsOptions } from './executor.ts';
import type { WorkerFile } from './worker-file.ts';

/** Runs cells on `threads` worker threads, which start with the first cell. An abort ends the cells at work, too. */
export function threadExecutor(threads: number, worker: WorkerFile): Executor {
  let pool: Piscina | undefined;
  return {
    threads,
    async run(kind: CellKind, inputs: readonly unknown[], { signal, progress }: RunCellsOptions = {}) {
      signal?.throwIfAborted();
      pool ??= await startPool(threads, worker);
      const outputs = new Array<unknown>(inputs.length);
      // One controller per cell at work: a shared one would gather a listener for each.
      const atWork = new Set<AbortController>();
      const stop = () => {
        for (const cell of atWork) cell.abort();
      };
      signal?.addEventListener('abort', stop, { once: true });
      let next = 0;
      let done = 0;
      const keepBusy = async (running: Piscina) => {
        while (next < inputs.length) {
          signal?.throwIfAborted();
          const index = next++;
          const cell = new AbortController();
          atWork.add(cell);
          const reply = (await running.run({ kind, input: inputs[index] }, { signal: cell.signal })) as CellReply;
          atWork.delete(cell);
          if ('error' in reply) throw reviveError(reply.error);
          outputs[index] = reply.output;
          progress?.(++done, inputs.length);
        }
      };
      try {
        await Promise.all(Array.from({ length: threads }, () => keepBusy(pool as Piscina)));
        return outputs;
      } catch (error) {
        next = inputs.length;
        stop();
        throw signal?.aborted ? signal.reason : error;
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    },
    async close() {
      await pool?.destroy();
      pool = undefined;
    },
  } as Executor;
}

// Loaded when it is needed: short commands start sooner without it.
async function startPool(threads: number, { filename, execArgv }: WorkerFile): Promise<Piscina> {
  // The default export is the class in ESM and in CommonJS alike.
  const { default: Piscina } = await import('piscina');
  return new Piscina({
    filename,
    execArgv: [...execArgv],
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: 60_000,
  });
}
