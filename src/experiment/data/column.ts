import { ArgumentError } from '../../base/errors.ts';
import type { ColumnReference } from '../file/types.ts';
import type { TextTable } from './table.ts';

/** The index of a column, from 0, that a field of the experiment file names. */
export function columnIndex(field: string, reference: ColumnReference, { header, columns }: TextTable): number {
  if (typeof reference === 'number') {
    if (reference < -columns || reference >= columns)
      throw new ArgumentError(field, reference, `in [${-columns}, ${columns - 1}] for a file of ${columns} columns`);
    return reference < 0 ? reference + columns : reference;
  }
  if (header === undefined) throw new ArgumentError(field, reference, 'a column index, as data.header is false');
  const index = header.indexOf(reference);
  if (index < 0) throw new ArgumentError(field, reference, `one of the names in the first row (${listed(header)})`);
  if (header.indexOf(reference, index + 1) >= 0)
    throw new ArgumentError(field, reference, 'a column index, as several columns have this name');
  return index;
}

/** How error messages call a column: its index and, if there is one, its name. */
export function columnLabel(index: number, header: readonly string[] | undefined): string {
  return header === undefined ? `column ${index}` : `column ${index} (${JSON.stringify(header[index])})`;
}

/** Values for an error message: the first few, and how many more. */
export function listed(values: readonly (string | number)[], most = 6): string {
  const shown = values.slice(0, most).join(', ');
  return values.length > most ? `${shown}, … (${values.length} in all)` : shown;
}
