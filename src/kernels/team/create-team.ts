import { type KernelDescription, kernelFrom } from '../description.ts';
import type { KernelImplementation } from '../implementation.ts';
import { type Call, Control, controlMemory, LISTEN } from './control.ts';
import type { TeamMessage } from './member.ts';
import { Share, type SharedArrays, type SharedName } from './share.ts';
import type { Team } from './team.ts';
import { TeamKernel } from './team-kernel.ts';

/** Milliseconds after its own part that the caller waits for the others before it takes them for dead. */
const PATIENCE = 120_000;

/** Options of `createTeam`. */
export interface CreateTeamOptions {
  /** Milliseconds after its own part that the caller waits for the others before it gives up. Default two minutes. */
  readonly patience?: number;
  /** Multiplications from which on a call is shared. Default 2¹⁷, some tens of microseconds of work. */
  readonly grain?: number;
}

/** A team as its founder sees it. */
export interface FoundedTeam extends Team {
  /** A member is lost: every call from now on throws an error with this reason. */
  fail(reason: string): void;
}

/**
 * The team of the calling thread and of members that were started elsewhere.
 *
 * @param posts - sends a message to one member each; a member gives it to its `teamMember()`
 */
export function createTeam(
  posts: readonly ((message: TeamMessage) => void)[],
  options: CreateTeamOptions = {},
): FoundedTeam {
  const { patience = PATIENCE, grain = 2 ** 17 } = options;
  const control = new Control(controlMemory());
  const threads = posts.length + 1;
  const forgotten = new FinalizationRegistry<number>((id) => tell({ kind: 'forget', id }));
  let listening = true;
  let kernels = 0;

  posts.forEach((post, i) => {
    post({ kind: 'join', memory: control.memory, index: i + 1, threads });
  });

  function tell(message: TeamMessage): void {
    for (const post of posts) post(message);
  }

  /** Runs a call on all threads, `own` being this thread's part of it. */
  function together(call: Call, own: () => void): void {
    throwIfFailed();
    if (listening) tell({ kind: 'work', ticket: control.ticket });
    listening = false;
    control.begin(call);
    try {
      own();
    } finally {
      if (!control.wait(posts.length, patience)) control.fail(`a thread has not answered for ${patience} ms`);
    }
    throwIfFailed();
  }

  function throwIfFailed(): void {
    const reason = control.failure();
    if (reason !== undefined) throw new Error(`the team of ${threads} threads failed: ${reason}`);
  }

  /** Makes the members hear what is told from now on. */
  function listen(): void {
    if (listening) return;
    together({ operation: LISTEN, kernel: 0, count: 0, flags: 0, batch: -1, selection: 0, scale: 0 }, () => {});
    listening = true;
  }

  return {
    threads,
    allocate: (length) => new Float64Array(new SharedArrayBuffer(8 * length)),
    kernel(description: KernelDescription) {
      throwIfFailed();
      const id = ++kernels;
      const alone = kernelFrom(description);
      const share = new Share(alone, 0, threads);
      listen();
      tell({ kind: 'kernel', id, description, implementation: alone.implementation as KernelImplementation });
      const kernel = new TeamKernel(alone, description.inputs.rows, grain, {
        place<N extends SharedName>(name: N, array: SharedArrays[N]) {
          listen();
          tell({ kind: 'array', id, name, array });
          share.place(name, array);
        },
        run(call) {
          const whole = { ...call, kernel: id };
          together(whole, () => share.run(whole));
        },
      });
      forgotten.register(kernel, id);
      return kernel;
    },
    fail: (reason) => control.fail(reason),
  };
}
