import type { RowMajor } from '../../base/arrays.ts';

/** Inputs and targets of a learning task, as numbers, with what a report says about them. */
export interface Dataset {
  /** `[m, d]`. */
  readonly inputs: RowMajor;
  /** Length m. */
  readonly targets: Float64Array;
  /** Length m; 1/m each if left out. */
  readonly weights?: Float64Array;
  /** The two values of the target that became -1 and +1, in this order. */
  readonly classes?: readonly [string, string];
  /** Where it came from: a file name, or a few words. */
  readonly source: string;
  /** Names of the input columns (their indices in the file if it has no header). */
  readonly columns?: readonly string[];
  /** Name of the target column. */
  readonly target?: string;
}
