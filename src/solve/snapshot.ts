import type { Matrix } from '../base/arrays.ts';

/**
 * What a save function sees: one moment of a run. `cloud` and `statistic` are the run's own memory, valid only during the
 * call: copy what you keep (`matrix()` copies).
 */
export interface Snapshot {
  /** mean-field time */
  readonly time: number;
  /** `[N, p]`, row-major */
  readonly cloud: Float64Array;
  /** N */
  readonly count: number;
  /** p */
  readonly dimension: number;
  /** s(μ) of this cloud, m numbers; computed when first read. */
  readonly statistic: Float64Array;
  /** A copy of the cloud, `[N, p]`. */
  matrix(): Matrix;
}

/** What to keep of a moment; `saved` is the list of what it returns. */
export type Save<T> = (snapshot: Snapshot) => T;
