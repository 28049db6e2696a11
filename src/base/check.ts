import { ArgumentError } from './errors.ts';

/** Bounds of a number; `above`/`below` are strict, `min`/`max` are not. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

/** Returns `value` if it is a finite number within the range. */
export function checkNumber(name: string, value: unknown, range: Range = {}): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || !within(value, range))
    throw new ArgumentError(name, value, `a finite number${phrase(range)}`);
  return value;
}

/** Returns `value` if it is a safe integer within the range. */
export function checkInteger(name: string, value: unknown, range: Range = {}): number {
  if (!Number.isSafeInteger(value) || !within(value as number, range))
    throw new ArgumentError(name, value, `an integer${phrase(range)}`);
  return value as number;
}

/** Returns `value` if it is one of `allowed`. */
export function checkOneOf<T extends string>(name: string, value: unknown, allowed: readonly T[]): T {
  if (!allowed.includes(value as T)) throw new ArgumentError(name, value, `one of ${allowed.join(', ')}`);
  return value as T;
}

/** Throws unless every entry of `values` is finite; the error names the first offending entry. */
export function checkFinite(name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i])) throw new ArgumentError(`${name}[${i}]`, values[i], 'a finite number');
}

function within(value: number, range: Range): boolean {
  return (
    value >= (range.min ?? Number.NEGATIVE_INFINITY) &&
    value <= (range.max ?? Number.POSITIVE_INFINITY) &&
    value > (range.above ?? Number.NEGATIVE_INFINITY) &&
    value < (range.below ?? Number.POSITIVE_INFINITY)
  );
}

function phrase({ min, max, above, below }: Range): string {
  const low = min !== undefined ? `[${min}` : above !== undefined ? `(${above}` : '(-inf';
  const high = max !== undefined ? `${max}]` : below !== undefined ? `${below})` : 'inf)';
  return min === undefined && above === undefined && max === undefined && below === undefined
    ? ''
    : ` in ${low}, ${high}`;
}
