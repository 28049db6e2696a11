import { ArgumentError } from '../../base/errors.ts';
import type { LossName } from '../file/types.ts';
import { listed } from './column.ts';
import { parseNumber } from './table.ts';

/** The target column as numbers. */
export interface Targets {
  readonly values: Float64Array;
  /** The two values that became -1 and +1, in this order, if the column was mapped. */
  readonly classes?: readonly [string, string];
  /** Whether the column holds at most two values; such a target is not standardized. */
  readonly twoValued: boolean;
}

const NOT_A_CLASS = /^([+-]?(nan|inf|infinity)|na|n\/a|null|none|\?|)$/i;

/**
 * Turns the target column into numbers.
 *
 * Two-valued text becomes -1 and +1 in order of appearance. Numbers stay as they are, except for the logistic loss, whose
 * targets are -1 and +1: there the smaller of two values becomes -1 and the larger +1. Looks at the whole file, so that the
 * meaning of -1 and +1 does not depend on which rows are drawn.
 */
export function targetColumn(
  cells: readonly string[],
  lines: readonly number[],
  label: string,
  loss: LossName,
): Targets {
  const numbers = cells.map(parseNumber);
  const odd = numbers.indexOf(undefined);
  if (odd >= 0) return textTarget(cells, lines, label, odd);
  const values = Float64Array.from(numbers as number[]);
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  if (loss === 'squared') return { values, twoValued: distinct.length <= 2 };
  if (distinct.every((value) => value === -1 || value === 1)) return { values, twoValued: true };
  if (distinct.length !== 2) throw notTwoClasses(label, distinct);
  const [low, high] = distinct as [number, number];
  return {
    values: values.map((value) => (value === low ? -1 : 1)),
    classes: [String(low), String(high)],
    twoValued: true,
  };
}

function textTarget(cells: readonly string[], lines: readonly number[], label: string, odd: number): Targets {
  const missing = cells.findIndex((cell) => NOT_A_CLASS.test(cell));
  if (missing >= 0)
    throw new ArgumentError(
      `data.target ${label}, line ${lines[missing]}`,
      cells[missing],
      'a finite number or a class',
    );
  const distinct = [...new Set(cells)];
  if (distinct.length !== 2)
    throw new ArgumentError(
      `data.target ${label}, line ${lines[odd]}`,
      cells[odd],
      `a number, or the column text with exactly two values (it has ${distinct.length}: ${listed(distinct)})`,
    );
  return {
    values: Float64Array.from(cells, (cell) => (cell === distinct[0] ? -1 : 1)),
    classes: distinct as [string, string],
    twoValued: true,
  };
}

function notTwoClasses(label: string, distinct: readonly number[]): ArgumentError {
  return new ArgumentError(
    `data.target ${label}`,
    `${distinct.length} different: ${listed(distinct)}`,
    'two values for the logistic loss',
  );
}
