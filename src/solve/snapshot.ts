import { asMatrix, type Matrix } from '../base/arrays.ts';
import type { CloudProcess } from '../process/over-cloud.ts';

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
  /** s(μ) of this cloud, m numbers; computed when first read, unless the scheme keeps it up to date. */
  readonly statistic: Float64Array;
  /** A copy of the cloud, `[N, p]`. */
  matrix(): Matrix;
}

/** What to keep of a moment; `saved` is the list of what it returns. */
export type Save<T> = (snapshot: Snapshot) => T;

/** The one snapshot of a run, moved along with it: nothing is allocated per step. */
export class Moment implements Snapshot {
  time = 0;
  readonly count: number;
  readonly dimension: number;
  private readonly values: Float64Array;
  private fresh = false;

  constructor(
    private readonly process: CloudProcess,
    readonly cloud: Float64Array,
  ) {
    this.count = process.count;
    this.dimension = process.dimension;
    this.values = new Float64Array(process.statisticSize);
  }

  /** The cloud is now at `time`, and has this statistic where that is known. */
  moveTo(time: number, known?: Float64Array): this {
    this.time = time;
    this.fresh = known !== undefined;
    if (known !== undefined) this.values.set(known);
    return this;
  }

  get statistic(): Float64Array {
    if (!this.fresh) this.process.statisticInto(this.cloud, this.values);
    this.fresh = true;
    return this.values;
  }

  matrix(): Matrix {
    return asMatrix(this.cloud.slice(), this.count, this.dimension);
  }
}
