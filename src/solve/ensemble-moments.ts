import { ArgumentError } from '../base/errors.ts';

/** Everything an `EnsembleMoments` holds: count, means, and sums of squares about them. */
export interface EnsembleMomentsState {
  readonly count: number;
  readonly means: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Mean and variance of vectors seen one at a time, in constant memory; two of them merge into that of both.
 * B. P. Welford 1962; T. F. Chan, G. H. Golub, R. J. LeVeque 1979 (merging).
 */
export class EnsembleMoments {
  count = 0;
  private readonly means: Float64Array;
  private readonly squares: Float64Array;

  constructor(readonly size: number) {
    this.means = new Float64Array(size);
    this.squares = new Float64Array(size);
  }

  /** Restores what `state` returned. */
  static from({ count, means, squares }: EnsembleMomentsState): EnsembleMoments {
    const out = new EnsembleMoments(means.length);
    out.count = count;
    out.means.set(means);
    out.squares.set(squares);
    return out;
  }

  /** A copy that can be sent to other threads. */
  state(): EnsembleMomentsState {
    return { count: this.count, means: this.means.slice(), squares: this.squares.slice() };
  }

  add(values: ArrayLike<number>): void {
    if (values.length !== this.size) throw new ArgumentError('values.length', values.length, String(this.size));
    this.count++;
    for (let j = 0; j < this.size; j++) {
      const delta = values[j]! - this.means[j]!;
      this.means[j]! += delta / this.count;
      this.squares[j]! += delta * (values[j]! - this.means[j]!);
    }
  }

  /** Takes in all that `other` has seen. */
  merge(other: EnsembleMoments): void {
    if (other.size !== this.size) throw new ArgumentError('other.size', other.size, String(this.size));
    const total = this.count + other.count;
    if (total === 0) return;
    for (let j = 0; j < this.size; j++) {
      const delta = other.means[j]! - this.means[j]!;
      this.squares[j]! += other.squares[j]! + (delta * delta * this.count * other.count) / total;
      this.means[j]! += (delta * other.count) / total;
    }
    this.count = total;
  }

  /** NaN before the first value. */
  get mean(): Float64Array {
    return this.count === 0 ? this.means.map(() => Number.NaN) : this.means.slice();
  }

  /** Unbiased; NaN before the second value. */
  get variance(): Float64Array {
    return this.squares.map((sum) => (this.count < 2 ? Number.NaN : sum / (this.count - 1)));
  }

  /** Standard error of the mean; NaN before the second value. */
  get standardError(): Float64Array {
    return this.variance.map((variance) => Math.sqrt(variance / this.count));
  }
}
