/** All that a command sees of the world, so that it can run inside a test as well as in a process. */
export interface Io {
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
  /** Standard error, if it is a terminal: where progress bars appear. */
  readonly terminal?: NodeJS.WritableStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative paths on the command line start here. */
  readonly workingDirectory: string;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
}
