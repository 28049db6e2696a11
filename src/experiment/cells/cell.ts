import type { Team } from '../../kernels/index.ts';

/** What a cell gets besides its input. */
export interface CellContext {
  /** For cells on the calling thread: long ones let other work in between and look at this. Worker threads are ended instead. */
  readonly signal?: AbortSignal | undefined;
  /** For cells on the calling thread: threads that share the work of a single run. */
  readonly team?: Team | undefined;
}

/** A function of plain data (what `structuredClone` can copy) whose output depends on its input alone. */
export type Cell<I, O> = (input: I, context: CellContext) => O | Promise<O>;
