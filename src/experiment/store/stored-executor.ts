import { setMaxListeners } from 'node:events';
import { version } from '../../base/version.ts';
import { fusesProducts } from '../../kernels/index.ts';
import type { CellInput, CellKind, CellOutput } from '../cells/index.ts';
import type { Executor, RunCellsOptions } from '../executor/executor.ts';
import { buildDigest } from './build-digest.ts';
import { type CellStore, cellStore } from './cell-store.ts';
import { fingerprint } from './fingerprint.ts';

/**
 * An executor that keeps the output of every cell in a folder when it is done, and takes from there what an earlier run, ended halfway,
 * has left. A cell's file is named by its kind, its input, the version and the build of this package, and whether kernels fuse products and
 * sums: what differs in any of them is not found. Outputs depend on the input alone, so a run that was taken up has the bits of one that never stopped.
 *
 * Cost: a hash of each input, and a file a cell.
 */
export function storedExecutor(executor: Executor, folder: string): Executor {
  const store = cellStore(folder);
  const code = { version, build: buildDigest(), fused: fusesProducts() };
  return {
    threads: executor.threads,
    close: () => executor.close(),
    async run<K extends CellKind>(
      kind: K,
      inputs: readonly CellInput<K>[],
      { signal, progress }: RunCellsOptions = {},
    ): Promise<CellOutput<K>[]> {
      const stop = new AbortController();
      const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
      // One listener a cell at work, and there may be more than ten of them.
      setMaxListeners(0, either);
      const outputs = new Array<CellOutput<K>>(inputs.length);
      let next = 0;
      let done = 0;
      const keepBusy = async (): Promise<void> => {
        while (next < inputs.length) {
          signal?.throwIfAborted();
          const index = next++;
          outputs[index] = await runOrLoad(executor, store, { code, kind, input: inputs[index]! }, either);
          progress?.(++done, inputs.length);
        }
      };
      try {
        // Twice as many as threads: one cell waits while another's output is written.
        await Promise.all(Array.from({ length: 2 * executor.threads }, keepBusy));
        return outputs;
      } catch (error) {
        next = inputs.length;
        stop.abort(error);
        throw signal?.aborted ? signal.reason : error;
      }
    },
  };
}

async function runOrLoad<K extends CellKind>(
  executor: Executor,
  store: CellStore,
  cell: { readonly code: object; readonly kind: K; readonly input: CellInput<K> },
  signal: AbortSignal,
): Promise<CellOutput<K>> {
  const name = fingerprint(cell);
  const found = await store.load(name);
  if (found !== undefined) return found.output as CellOutput<K>;
  const [output] = await executor.run(cell.kind, [cell.input], { signal });
  await store.keep(name, output);
  return output as CellOutput<K>;
}
