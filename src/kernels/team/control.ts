/** What the threads of a team are asked to do. */
export const LISTEN = 0;
export const FORWARD = 1;
export const FEATURES = 2;
export const DESCEND = 3;
export const DESCEND_EACH = 4;
export const PULL_BACK = 5;

/** The call at hand, as the caller wrote it. */
export interface Call {
  readonly operation: number;
  readonly kernel: number;
  /** Neurons of the set. */
  readonly count: number;
  /** Whether a set, sums, weights or a penalty belong to the call, and whether particles are copies. */
  readonly flags: number;
  /** Size of the mini-batch, -1 for all samples, and how often it was chosen anew. */
  readonly batch: number;
  readonly selection: number;
  /** Step or scale. */
  readonly scale: number;
}

export const WITH_SET = 1;
export const WITH_SUMS = 2;
export const WITH_WEIGHTS = 4;
export const WITH_PENALTY = 8;
export const ON_COPIES = 16;

// Places in the shared integers.
const TICKET = 0;
const DONE = 1;
const SLEEPERS = 2;
const CALLER_SLEEPS = 3;
const FAILED = 4;
const FIELDS = 5;
const INTEGERS = 16;
const TEXT = 512;

/** Looks at the shared integers before a thread goes to sleep: some tens of microseconds. */
const SPINS = 20_000;
/** Milliseconds that the caller sleeps at a time. */
const NAP = 1000;

/** The memory of a `Control`. */
export interface ControlMemory {
  readonly integers: Int32Array;
  readonly scale: Float64Array;
  readonly text: Uint8Array;
}

export function controlMemory(): ControlMemory {
  return {
    integers: new Int32Array(new SharedArrayBuffer(4 * INTEGERS)),
    scale: new Float64Array(new SharedArrayBuffer(8)),
    text: new Uint8Array(new SharedArrayBuffer(TEXT)),
  };
}

/**
 * How the caller and the members of a team meet: the caller writes a call and raises the ticket; each member works and counts
 * itself as done; the caller waits for all. Atomics order the plain writes around them. Whoever waits looks a while before it
 * sleeps, and is woken only if it does sleep.
 */
export class Control {
  constructor(readonly memory: ControlMemory) {}

  get ticket(): number {
    return Atomics.load(this.memory.integers, TICKET);
  }

  /** Caller: lets the members begin. */
  begin(call: Call): void {
    const { integers, scale } = this.memory;
    integers[FIELDS] = call.operation;
    integers[FIELDS + 1] = call.kernel;
    integers[FIELDS + 2] = call.count;
    integers[FIELDS + 3] = call.flags;
    integers[FIELDS + 4] = call.batch;
    integers[FIELDS + 5] = call.selection;
    scale[0] = call.scale;
    Atomics.store(integers, DONE, 0);
    Atomics.add(integers, TICKET, 1);
    if (Atomics.load(integers, SLEEPERS) > 0) Atomics.notify(integers, TICKET);
  }

  /** Member: waits for a ticket other than `seen`, and returns it. */
  next(seen: number): number {
    const { integers } = this.memory;
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(integers, TICKET) !== seen) return this.ticket;
    Atomics.add(integers, SLEEPERS, 1);
    while (Atomics.load(integers, TICKET) === seen) Atomics.wait(integers, TICKET, seen);
    Atomics.sub(integers, SLEEPERS, 1);
    return this.ticket;
  }

  /** Member: the call at hand. */
  read(): Call {
    const { integers, scale } = this.memory;
    return {
      operation: integers[FIELDS]!,
      kernel: integers[FIELDS + 1]!,
      count: integers[FIELDS + 2]!,
      flags: integers[FIELDS + 3]!,
      batch: integers[FIELDS + 4]!,
      selection: integers[FIELDS + 5]!,
      scale: scale[0]!,
    };
  }

  /** Member: its part of the call is done. */
  finish(): void {
    const { integers } = this.memory;
    Atomics.add(integers, DONE, 1);
    if (Atomics.load(integers, CALLER_SLEEPS) > 0) Atomics.notify(integers, DONE);
  }

  /** Caller: waits until `members` are done; false if one is not after `patience` milliseconds. */
  wait(members: number, patience: number): boolean {
    const { integers } = this.memory;
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(integers, DONE) >= members) return true;
    const deadline = performance.now() + patience;
    Atomics.store(integers, CALLER_SLEEPS, 1);
    let done = Atomics.load(integers, DONE);
    while (done < members && this.failure() === undefined && performance.now() < deadline) {
      Atomics.wait(integers, DONE, done, Math.min(NAP, patience));
      done = Atomics.load(integers, DONE);
    }
    Atomics.store(integers, CALLER_SLEEPS, 0);
    return done >= members;
  }

  /** Anybody: a member cannot go on. The first reason is kept. */
  fail(reason: string): void {
    const { integers, text } = this.memory;
    if (Atomics.compareExchange(integers, FAILED, 0, -1) !== 0) return;
    // Not encodeInto: it refuses shared memory in some places.
    const bytes = new TextEncoder().encode(reason).subarray(0, TEXT);
    text.set(bytes);
    Atomics.store(integers, FAILED, bytes.length + 1);
  }

  /** Why a member failed, or undefined. */
  failure(): string | undefined {
    const length = Atomics.load(this.memory.integers, FAILED) - 1;
    return length < 0 ? undefined : new TextDecoder().decode(this.memory.text.slice(0, length));
  }
}
