import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { ArgumentError } from '../base/errors.ts';
import { createExecutor, type Executor } from '../experiment/executor/executor.ts';
import { startTeam } from '../experiment/executor/start-team.ts';
import { threadCount } from '../experiment/executor/threads.ts';
import { checkWritableFolder, writeAllOrNothing } from '../experiment/output/atomic.ts';
import type { Io } from './io.ts';
import { integerOption } from './numbers.ts';

/** The options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly seed?: number;
  readonly threads?: number;
  readonly out?: string;
  readonly quiet?: boolean;
}

const LARGEST = Number.MAX_SAFE_INTEGER;

/** Adds the options that every command takes. */
export function withCommonOptions(command: Command, outHelp: string): Command {
  return command
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option(
      '--seed <integer>',
      'seed of every random number of the run (default: that of the experiment file)',
      integerOption('--seed', { min: -LARGEST, max: LARGEST }),
    )
    .option(
      '--threads <n>',
      'worker threads (default: MEANFIELD_THREADS, else one per core)',
      integerOption('--threads', { min: 1, max: 1024 }),
    )
    .option('--out <dir>', outHelp)
    .option('--quiet', 'no progress bar and no messages on standard error, errors apart');
}

/** Says something on standard error unless it is unwanted. */
export function say(io: Io, { quiet }: CommonOptions, text: string): void {
  if (quiet !== true) io.err(`meanfield: ${text}\n`);
}

/** Prints a result, as JSON or as text, and writes it as `<name>.json` into --out if that was given. */
export async function deliver(
  io: Io,
  options: CommonOptions,
  name: string,
  result: object,
  text: () => string,
): Promise<void> {
  if (options.out !== undefined) {
    const folder = resolve(io.workingDirectory, options.out);
    await writeAllOrNothing(folder, { [`${name}.json`]: `${JSON.stringify(result, null, 2)}\n` }, io.signal);
    say(io, options, `wrote ${join(options.out, `${name}.json`)}`);
  }
  io.out(options.json === true ? `${JSON.stringify(result)}\n` : text());
}

/** Checks, before any work, what all commands share: that --out can be written to, and MEANFIELD_THREADS. */
export async function checkCommon(io: Io, { out, threads }: CommonOptions): Promise<number> {
  if (out === '') throw new ArgumentError('--out', out, 'the name of a folder');
  if (out !== undefined) await checkWritableFolder('--out', resolve(io.workingDirectory, out));
  return threadCount(threads, io.environment);
}

/** Less than this many multiplications are done sooner than worker threads are started. */
const SHORT = 5e7;

/** Whether work of this size stays on the calling thread: then its cells must let other work in between, for Ctrl-C. */
export function staysInProcess(threads: number, multiplications: number): boolean {
  return threads === 1 || multiplications < SHORT;
}

/** Runs `work` with an executor that is closed afterwards. */
export async function withExecutor<T>(
  threads: number,
  inProcess: boolean,
  work: (executor: Executor) => Promise<T>,
): Promise<T> {
  const executor = createExecutor({ threads, inProcess });
  try {
    return await work(executor);
  } finally {
    await executor.close();
  }
}

/** A pass over the neurons of a run takes about a millisecond from this many multiplications on. */
const LARGE = 5e6;

/** Whether threads do more within the runs than each on runs of its own: when there are fewer runs than threads, and large ones. */
export function sharesRuns(threads: number, runs: number, multiplicationsAtOnce: number): boolean {
  return runs < threads && multiplicationsAtOnce >= LARGE;
}

/** As `withExecutor`, with all threads on one run at a time. */
export async function withTeam<T>(threads: number, work: (executor: Executor) => Promise<T>): Promise<T> {
  const team = await startTeam({ threads });
  try {
    return await work(createExecutor({ team }));
  } finally {
    await team.close();
  }
}

/** Throws unless an option was given. */
export function required<T>(name: string, value: T | undefined, allowed: string): T {
  if (value === undefined) throw new ArgumentError(name, value, `given, as ${allowed}`);
  return value;
}
