import { type CellInput, type CellKind, runCell } from './cells/index.ts';
import { type CellReply, plainError } from './executor/envelope.ts';

/** What a worker thread runs: one cell, told by its kind and its input. */
export default async function work(task: { kind: CellKind; input: CellInput<CellKind> }): Promise<CellReply> {
  try {
    return { output: await runCell(task.kind, task.input) };
  } catch (error) {
    return { error: plainError(error) };
  }
}
