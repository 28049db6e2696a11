import * as fc from 'fast-check';
import { checkInteger } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { environmentVariable } from './environment.ts';
import { type Failure, failureReport } from './report.ts';

/** Options of `check`. */
export interface CheckOptions {
  /** How many cases are drawn. Default 100; the variable MEANFIELD_RUNS takes precedence. */
  readonly runs?: number;
  /** A 32-bit integer that fixes the cases. Default: a fresh one. The variable MEANFIELD_SEED takes precedence. */
  readonly seed?: number;
  /** What runs this check, for the report of a failure. Default `npm test`. */
  readonly command?: string;
}

/** Thrown when a property fails; the message is the report, and the fields are what it is made of. */
export class PropertyError extends Error {
  override readonly name = 'PropertyError';

  constructor(
    readonly failure: Failure,
    options: { readonly cause: unknown },
  ) {
    super(failureReport(failure), options);
  }
}

/**
 * Checks a property, in any test runner: returns if it holds of all cases that were drawn, and throws a PropertyError that
 * shows the simplest failing case, and the seed, the path and the command that replay it.
 *
 * Replay with MEANFIELD_SEED=… (of all checks), or go straight to the failing case of one of them with MEANFIELD_LAW='its name'
 * and MEANFIELD_PATH=… as well, as the report says.
 *
 * @param name - of the property, unique where one command runs several
 */
export function check<T>(name: string, property: fc.IProperty<T>, options?: CheckOptions): void;
export function check<T>(name: string, property: fc.IAsyncProperty<T>, options?: CheckOptions): Promise<void>;
export function check<T>(name: string, property: fc.IRawProperty<T>, options: CheckOptions = {}): void | Promise<void> {
  const parameters = parametersOf(name, options);
  const details = fc.check(property as fc.IRawProperty<T>, parameters) as fc.RunDetails<T> | Promise<fc.RunDetails<T>>;
  if (details instanceof Promise) return details.then((result) => judge(name, result, options));
  judge(name, details, options);
}

function parametersOf<T>(name: string, options: CheckOptions): fc.Parameters<T> {
  const seed = integerVariable('MEANFIELD_SEED', -(2 ** 31), 2 ** 32 - 1) ?? options.seed;
  const path = environmentVariable('MEANFIELD_LAW') === name ? environmentVariable('MEANFIELD_PATH') : undefined;
  const runs = integerVariable('MEANFIELD_RUNS', 1, 2 ** 31) ?? options.runs ?? 100;
  return {
    numRuns: checkInteger('runs', runs, { min: 1 }),
    ...(seed === undefined ? {} : { seed: checkInteger('seed', seed, { min: -(2 ** 31), max: 2 ** 32 - 1 }) | 0 }),
    ...(path === undefined ? {} : { path, endOnFailure: true }),
  };
}

function judge<T>(name: string, details: fc.RunDetails<T>, options: CheckOptions): void {
  if (!details.failed) return;
  const cause = details.errorInstance;
  throw new PropertyError(
    {
      law: name,
      seed: details.seed,
      path: details.counterexamplePath ?? undefined,
      runs: details.numRuns,
      shrinks: details.numShrinks,
      counterexample: details.counterexample === null ? undefined : casesOf(details.counterexample),
      reason:
        cause === null || cause === undefined
          ? `only ${details.numRuns} of ${details.numRuns + details.numSkips} cases met the property's preconditions`
          : cause instanceof Error
            ? cause.message
            : String(cause),
      command: options.command ?? 'npm test',
    },
    { cause },
  );
}

/** A counterexample of one of our properties is a tuple of the drawn values. */
function casesOf(counterexample: unknown): string[] {
  return (Array.isArray(counterexample) ? counterexample : [counterexample]).map((value) => fc.stringify(value));
}

function integerVariable(name: string, min: number, max: number): number | undefined {
  const text = environmentVariable(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new ArgumentError(name, text, `an integer in [${min}, ${max}]`);
  return value;
}
