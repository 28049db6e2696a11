import { checkInteger, checkNumber, type Range } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Makes a parser of an option's text: a finite decimal number within the range, and nothing else around it. */
export function numberOption(name: string, range: Range = {}): (text: string) => number {
  return (text) => checked(text, () => checkNumber(name, DECIMAL.test(text) ? Number(text) : text, range));
}

/** The same for whole numbers; `1e5` is one. */
export function integerOption(name: string, range: Range = {}): (text: string) => number {
  return (text) => checked(text, () => checkInteger(name, DECIMAL.test(text) ? Number(text) : text, range));
}

/** A list such as `64,256,1024` of at least one item, without repetition. */
export function listOption<T>(name: string, item: (text: string) => T): (text: string) => T[] {
  return (text) => {
    const items = text.split(',').map((part) => {
      try {
        return item(part.trim());
      } catch (error) {
        if (error instanceof ArgumentError)
          throw new ArgumentError(name, text, `a list of items, each ${error.allowed}`);
        throw error;
      }
    });
    const repeated = items.find((each, i) => items.indexOf(each) !== i);
    if (repeated !== undefined) throw new ArgumentError(name, text, `a list without repetitions (${String(repeated)})`);
    return items;
  };
}

/** One of a few words. */
export function wordOption<T extends string>(name: string, allowed: readonly T[]): (text: string) => T {
  return (text) => {
    if (!allowed.includes(text as T)) throw new ArgumentError(name, text, `one of ${allowed.join(', ')}`);
    return text as T;
  };
}

// What the user wrote is what the error shows: `1e400`, not Infinity.
function checked(text: string, check: () => number): number {
  try {
    return check();
  } catch (error) {
    if (error instanceof ArgumentError) throw new ArgumentError(error.argument, text, error.allowed);
    throw error;
  }
}
