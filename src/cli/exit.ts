import { CommanderError } from 'commander';
import { ArgumentError } from '../base/errors.ts';
import { RunError } from '../base/outcome.ts';
import { ReplicateError } from '../experiment/run/failure.ts';

/** Exit statuses. `INTERRUPTED` is what shells report for a process that Ctrl-C ended: 128 + 2. */
export const DONE = 0;
export const FAILED = 1;
export const WRONG_REQUEST = 2;
export const INTERRUPTED = 130;

/** Exit status and one line for the user (none where everything was said) of whatever a command threw. */
export function explain(error: unknown, signal: AbortSignal): { readonly status: number; readonly line?: string } {
  if (signal.aborted) return { status: INTERRUPTED, line: 'interrupted; no result was written' };
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? { status: DONE } : { status: WRONG_REQUEST, line: commanderLine(error) };
  if (error instanceof ArgumentError) return { status: WRONG_REQUEST, line: oneLine(argumentLine(asOption(error))) };
  if (error instanceof RunError || error instanceof ReplicateError)
    return { status: FAILED, line: oneLine(error.message) };
  return { status: FAILED, line: oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error)) };
}

const OPTIONS =
  /^(activeCount|batchSize|jumpSize|keepRate|learningRate|particles|phase|replicates|scheme|seed|space|step|threads|widths?)$/;

/** The library names an argument `keepRate`, the command line `--keep-rate`. */
function asOption(error: ArgumentError): ArgumentError {
  if (!OPTIONS.test(error.argument)) return error;
  const option = `--${error.argument.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return new ArgumentError(option, error.value, error.allowed);
}

/** Nobody typed `undefined`. */
function argumentLine({ message }: ArgumentError): string {
  return message.replace(/, got undefined$/, ', but was left out');
}

function commanderLine({ message }: CommanderError): string {
  return oneLine(message.replace(/^error: /, ''));
}

/** Control characters and line ends, which file contents and arguments may hold, become visible. */
function oneLine(text: string): string {
  return text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/\p{Cc}/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
