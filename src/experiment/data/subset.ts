import { ArgumentError } from '../../base/errors.ts';
import { shuffle } from '../../random/shuffle.ts';
import { stream } from '../../random/stream.ts';

/**
 * The rows in use, in the order of the file: all `total` of them, or a uniformly random set of `rows`, drawn without
 * replacement by stream(seed).split('rows').
 */
export function chooseRows(rows: number | undefined, total: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: total }, (_, i) => i);
  if (rows === undefined || rows === total) return all;
  if (rows > total) throw new ArgumentError('data.rows', rows, `an integer in [1, ${total}], the rows of the file`);
  shuffle(stream(seed).split('rows'), all);
  return all.slice(0, rows).sort();
}
