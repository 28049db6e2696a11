import type { Command } from 'commander';
import type { Verify } from '../experiment/verify/index.ts';
import type { Io } from './io.ts';

/** What a command gets when it is added to the program. */
export interface Registration {
  /** To be called with an exit status other than 0. */
  finish(status: number): void;
  /** Does the work of `meanfield verify`. */
  readonly verify: Verify;
}

/** Adds a command to the program. */
export type Register = (program: Command, io: Io, registration: Registration) => Command;
