#!/usr/bin/env node
import { INTERRUPTED } from './exit.ts';
import { run } from './run.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    // A second Ctrl-C does not wait for an orderly end.
    if (interruption.signal.aborted) process.exit(INTERRUPTED);
    interruption.abort(new Error(signal));
  });

// A reader that has enough, such as `head`, closes the pipe: that is no error.
for (const output of [process.stdout, process.stderr])
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  ...(process.stderr.isTTY ? { terminal: process.stderr } : {}),
  environment: process.env,
  workingDirectory: process.cwd(),
  signal: interruption.signal,
});
