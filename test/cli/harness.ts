import { run } from '../../src/cli/run.ts';
import { temporaryFolder } from '../experiment/fixtures.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON. */
  json<T = Record<string, unknown>>(): T;
}

/** Runs a command line in this process, in an empty working directory unless told. */
export async function meanfield(
  argv: readonly string[],
  options: { cwd?: string; environment?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  const status = await run(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    environment: { MEANFIELD_THREADS: '1', ...options.environment },
    workingDirectory: options.cwd ?? (await temporaryFolder()),
    signal: options.signal ?? new AbortController().signal,
  });
  return { status, out, err, json: <T>() => JSON.parse(out) as T };
}
