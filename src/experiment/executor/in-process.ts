import type { Team } from '../../kernels/index.ts';
import { type CellKind, runCell } from '../cells/index.ts';
import type { Executor } from './executor.ts';

/** Runs cells one after another on the calling thread, with its team if it has one, and lets other work in between two of them. */
export function inProcessExecutor(team?: Team): Executor {
  return {
    threads: team?.threads ?? 1,
    async run(kind: CellKind, inputs, { signal, progress } = {}) {
      const outputs = [];
      for (const input of inputs) {
        signal?.throwIfAborted();
        outputs.push(await runCell(kind, input, { signal, team }));
        progress?.(outputs.length, inputs.length);
        await new Promise((resume) => setImmediate(resume));
      }
      signal?.throwIfAborted();
      return outputs;
    },
    async close() {},
  } as Executor;
}
