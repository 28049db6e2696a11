import type { RowMajor } from '../../base/arrays.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { CsvData, LossName } from '../file/types.ts';
import { columnIndex, columnLabel } from './column.ts';
import type { Dataset } from './dataset.ts';
import { standardize } from './standardize.ts';
import { chooseRows } from './subset.ts';
import { parseNumber, parseTable, type TextTable } from './table.ts';
import { targetColumn } from './target.ts';

interface InputColumn {
  /** In the file, counted from 0. */
  readonly index: number;
  /** In the rows in use. */
  readonly values: Float64Array;
}

/**
 * Makes the data set that the `data` field of an experiment file asks for, from the text of its CSV file.
 *
 * @param source - how error messages call the file
 * @param seed - draws the rows in use; the same seed gives the same rows
 */
export function csvDataset(source: string, text: string, data: CsvData, loss: LossName, seed: number): Dataset {
  // A column that is asked for by name has its name in the first row, whatever that looks like.
  const byName = [data.target, ...(Array.isArray(data.drop) ? data.drop : [])].some((each) => typeof each === 'string');
  const header = data.header ?? (byName ? true : undefined);
  const table = parseTable(source, text, { header, delimiter: data.delimiter ?? ',' });
  const target = columnIndex('data.target', data.target ?? -1, table);
  const dropped = droppedColumns(data, target, table);
  const chosen = chooseRows(data.rows, table.rows.length, seed);
  const label = columnLabel(target, table.header);
  const all = targetColumn(column(table, target), table.lines, label, loss);
  const targets = Float64Array.from(chosen, (row) => all.values[row]!);
  if (data.standardize === true && !all.twoValued && !standardize(targets))
    throw new ArgumentError('data.standardize', true, `false, as the target (${label}) is constant in the rows in use`);

  const columns: InputColumn[] = [];
  const unscaled: InputColumn[] = [];
  for (let index = 0; index < table.columns; index++) {
    if (index === target || dropped.has(index)) continue;
    const everywhere = numberColumn(table, index);
    const values = Float64Array.from(chosen, (row) => everywhere[row]!);
    if (data.drop === 'constant' && values.every((value) => value === values[0])) continue;
    if (data.standardize === true && !standardize(values)) unscaled.push({ index, values });
    columns.push({ index, values });
  }
  if (unscaled.length > 0) throw constantColumns(unscaled, table);
  if (columns.length === 0)
    throw new ArgumentError('data.drop', data.drop, 'such that at least one input column is left');
  return {
    inputs: rowsOf(columns.map(({ values }) => values)),
    targets,
    ...(all.classes === undefined ? {} : { classes: all.classes }),
    source,
    columns: columns.map(({ index }) => table.header?.[index] ?? String(index)),
    target: table.header?.[target] ?? String(target),
  };
}

function droppedColumns({ drop }: CsvData, target: number, table: TextTable): ReadonlySet<number> {
  const dropped = new Set<number>();
  if (drop === undefined || drop === 'constant') return dropped;
  drop.forEach((reference, i) => {
    const index = columnIndex(`data.drop[${i}]`, reference, table);
    if (index === target) throw new ArgumentError(`data.drop[${i}]`, reference, 'an input column, not the target');
    dropped.add(index);
  });
  return dropped;
}

function column(table: TextTable, index: number): string[] {
  return table.rows.map((row) => row[index]!);
}

function numberColumn(table: TextTable, index: number): Float64Array {
  const values = new Float64Array(table.rows.length);
  column(table, index).forEach((cell, row) => {
    const value = parseNumber(cell);
    if (value === undefined)
      throw new ArgumentError(
        `data.csv line ${table.lines[row]}, ${columnLabel(index, table.header)}`,
        cell,
        'a finite number (columns count from 0; data.drop leaves a column out)',
      );
    values[row] = value;
  });
  return values;
}

function constantColumns(columns: readonly InputColumn[], { header }: TextTable): ArgumentError {
  const [{ index, values }] = columns as [InputColumn];
  const all = columns.map((each) => each.index).join(', ');
  return new ArgumentError(
    `data.standardize with ${columnLabel(index, header)}`,
    `${values[0]} in all ${values.length} rows in use`,
    `false, as a constant column has no scale, or leave such columns out by "drop": [${all}] or "drop": "constant"`,
  );
}

function rowsOf(columns: readonly Float64Array[]): RowMajor {
  const rows = columns[0]!.length;
  const data = new Float64Array(rows * columns.length);
  columns.forEach((values, j) => {
    for (let i = 0; i < rows; i++) data[i * columns.length + j] = values[i]!;
  });
  return { data, rows, columns: columns.length };
}
