import { parse } from 'csv-parse/sync';
import { ArgumentError } from '../../base/errors.ts';

/** A rectangular table of text, not empty, with at least two columns. */
export interface TextTable {
  /** The names of the columns, if the first row held them. */
  readonly header: readonly string[] | undefined;
  readonly columns: number;
  /** The cells, without the header. */
  readonly rows: readonly (readonly string[])[];
  /** The line of the file that each row came from, counted from 1. */
  readonly lines: readonly number[];
}

export interface TableOptions {
  /** Whether the first row holds names. By default it does if none of its cells is a number. */
  readonly header?: boolean | undefined;
  readonly delimiter: string;
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/**
 * Splits comma-separated text (RFC 4180: quotes, doubled quotes; lines end in LF or CRLF) into a table. A byte order mark, blank
 * lines and blanks around cells are ignored. Throws an ArgumentError with the line on ragged rows, on quotes that do not
 * close and on a table that is empty or has a single column.
 */
export function parseTable(source: string, text: string, options: TableOptions): TextTable {
  const parsed = records(source, text, options.delimiter).filter(({ record }) => record.some((cell) => cell !== ''));
  const first = parsed[0];
  if (first === undefined) throw new ArgumentError('data.csv', source, 'a file with at least one row of numbers');
  const columns = first.record.length;
  if (columns < 2)
    throw new ArgumentError(
      `data.csv ${source}, line ${first.info.lines}`,
      first.record[0],
      `at least two cells separated by ${JSON.stringify(options.delimiter)} (see data.delimiter)`,
    );
  for (const { record, info } of parsed)
    if (record.length !== columns)
      throw new ArgumentError(
        `data.csv ${source}, line ${info.lines}`,
        record.length,
        `${columns} cells long, as the first row`,
      );
  const named = options.header ?? first.record.every((cell) => parseNumber(cell) === undefined);
  const body = named ? parsed.slice(1) : parsed;
  if (body.length === 0) throw new ArgumentError('data.csv', source, 'a file with at least one row after its header');
  return {
    header: named ? first.record : undefined,
    columns,
    rows: body.map(({ record }) => record),
    lines: body.map(({ info }) => info.lines),
  };
}

/** A decimal number such as `-1.5e3`, or undefined for any other text, `NaN` and `Infinity` included. */
export function parseNumber(cell: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(cell)) return undefined;
  const value = Number(cell);
  return Number.isFinite(value) ? value : undefined;
}

function records(source: string, text: string, delimiter: string): Parsed[] {
  try {
    // The types of csv-parse leave out that `info` wraps each record.
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Parsed[];
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new ArgumentError(
      'data.csv',
      source,
      `a file of values separated by ${JSON.stringify(delimiter)} (see data.delimiter; ${oneLine(cause.message)})`,
    );
  }
}

function oneLine(message: string): string {
  return message.replaceAll(/\s+/g, ' ').replace(/\.$/, '');
}
