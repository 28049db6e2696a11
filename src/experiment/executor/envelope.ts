import { ArgumentError } from '../../base/errors.ts';
import { type Outcome, RunError } from '../../base/outcome.ts';

/** What a worker answers: errors travel as data, because the class of an error is lost between threads. */
export type CellReply = { readonly output: unknown } | { readonly error: PlainError };

export interface PlainError {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly argument?: { readonly name: string; readonly value: unknown; readonly allowed: string };
  readonly outcome?: Outcome;
}

/** The data of an error; `reviveError` is the inverse. */
export function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  if (error instanceof ArgumentError)
    return { message, stack, argument: { name: error.argument, value: clonable(error.value), allowed: error.allowed } };
  if (error instanceof RunError) return { message, stack, outcome: error.outcome };
  return { message, stack };
}

export function reviveError({ message, stack, argument, outcome }: PlainError): Error {
  const error =
    argument !== undefined
      ? new ArgumentError(argument.name, argument.value, argument.allowed)
      : outcome !== undefined
        ? new RunError(outcome)
        : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

function clonable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return String(value);
  }
}
