import { type KernelDescription, kernelFrom } from '../description.ts';
import type { KernelImplementation } from '../implementation.ts';
import { Control, type ControlMemory, LISTEN } from './control.ts';
import { Share, type SharedArrays, type SharedName } from './share.ts';

/** What the caller tells a member by message: everything that is not a call. */
export type TeamMessage =
  | { readonly kind: 'join'; readonly memory: ControlMemory; readonly index: number; readonly threads: number }
  | {
      readonly kind: 'kernel';
      readonly id: number;
      readonly description: KernelDescription;
      readonly implementation: KernelImplementation;
    }
  | { readonly kind: 'array'; readonly id: number; readonly name: SharedName; readonly array: SharedArrays[SharedName] }
  | { readonly kind: 'forget'; readonly id: number }
  /** Stop listening and wait for calls after this ticket. */
  | { readonly kind: 'work'; readonly ticket: number };

/** A member of a team: give it the caller's messages, in order, on a thread of its own. It blocks while it works. */
export function teamMember(): (message: TeamMessage) => void {
  const shares = new Map<number, Share>();
  let control: Control | undefined;
  let index = 0;
  let threads = 1;

  function take(message: TeamMessage): void {
    if (message.kind === 'join') {
      control = new Control(message.memory);
      ({ index, threads } = message);
    } else if (message.kind === 'kernel')
      shares.set(message.id, new Share(kernelFrom(message.description, message.implementation), index, threads));
    else if (message.kind === 'array') shares.get(message.id)?.place(message.name, message.array);
    else if (message.kind === 'forget') shares.delete(message.id);
    else work(control!, message.ticket);
  }

  function work(meeting: Control, since: number): void {
    let ticket = since;
    while (true) {
      ticket = meeting.next(ticket);
      const call = meeting.read();
      try {
        if (call.operation !== LISTEN) shares.get(call.kernel)!.run(call);
      } catch (error) {
        meeting.fail(reasonOf(error));
      }
      meeting.finish();
      if (call.operation === LISTEN) return;
    }
  }

  return (message) => {
    try {
      take(message);
    } catch (error) {
      control?.fail(reasonOf(error));
    }
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
