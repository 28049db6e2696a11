import { ArgumentError } from '../../base/errors.ts';
import { type Outcome, RunError } from '../../base/outcome.ts';
import { ModuleError } from '../modules/module-error.ts';

/** What a worker answers: errors travel as data, because the class of an error is lost between threads. */
export type CellReply = { readonly output: unknown } | { readonly error: PlainError };

export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly argument?: { readonly name: string; readonly value: unknown; readonly allowed: string };
  readonly outcome?: Outcome;
  readonly module?: { readonly href: string; readonly place: string; readonly cause: PlainError };
}

/** The data of an error; `reviveError` is the inverse. */
export function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  const plain = { name, message, stack };
  if (isArgumentError(error))
    return { ...plain, argument: { name: error.argument, value: clonable(error.value), allowed: error.allowed } };
  if (error instanceof RunError) return { ...plain, outcome: error.outcome };
  if (error instanceof ModuleError)
    return { ...plain, module: { href: error.module, place: error.place, cause: plainError(error.cause) } };
  return plain;
}

export function reviveError(plain: PlainError): Error {
  const error = revived(plain);
  if (plain.stack !== undefined) error.stack = plain.stack;
  return error;
}

function revived({ name, message, argument, outcome, module }: PlainError): Error {
  if (argument !== undefined) return new ArgumentError(argument.name, argument.value, argument.allowed);
  if (outcome !== undefined) return new RunError(outcome);
  if (module !== undefined) return new ModuleError(module.href, module.place, reviveError(module.cause));
  return Object.assign(new Error(message), { name });
}

/** Also one of another copy of this package: a user's module may have loaded that for CommonJS. */
function isArgumentError(error: Error): error is ArgumentError {
  return (
    error instanceof ArgumentError || (error.name === 'ArgumentError' && 'argument' in error && 'allowed' in error)
  );
}

function clonable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return String(value);
  }
}
