import * as fc from 'fast-check';

/** The value, which a report shows as `text`: the code that makes it again. */
export function described<T extends object>(value: T, text: string): T {
  return Object.defineProperty(value, fc.toStringMethod, { value: () => text });
}

/** The text of a described value, for use inside that of another one. */
export function textOf(value: unknown): string {
  return fc.stringify(value);
}
