import { checkFinite, checkInteger } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';

/**
 * Mean and covariance of a sample of vectors that arrives one at a time; mergeable (T. F. Chan, G. H. Golub,
 * R. J. LeVeque, 1983). `add` costs O(d²) and allocates nothing.
 */
export class RunningVector {
  private n = 0;
  private readonly center: Float64Array;
  /** Σ (x − mean)(x − mean)ᵀ, row-major, lower triangle only. */
  private readonly comoment: Float64Array;
  private readonly delta: Float64Array;

  /** @param dimension - d, the length of every vector */
  constructor(readonly dimension: number) {
    checkInteger('dimension', dimension, { min: 1 });
    this.center = new Float64Array(dimension);
    this.comoment = new Float64Array(dimension * dimension);
    this.delta = new Float64Array(dimension);
  }

  get count(): number {
    return this.n;
  }

  /** Adds one vector (d). */
  add(x: ArrayLike<number>): void {
    if (x.length !== this.dimension) throw new ArgumentError('x.length', x.length, String(this.dimension));
    checkFinite('x', x);
    for (let i = 0; i < this.dimension; i++) this.delta[i] = x[i]! - this.center[i]!;
    this.shift(1);
  }

  /** Adds everything that `other` has seen; `other` is left as it is. */
  merge(other: RunningVector): void {
    if (other.dimension !== this.dimension)
      throw new ArgumentError('other.dimension', other.dimension, String(this.dimension));
    if (other.n === 0) return;
    for (let i = 0; i < this.dimension; i++) this.delta[i] = other.center[i]! - this.center[i]!;
    this.shift(other.n);
    for (let i = 0; i < this.comoment.length; i++) this.comoment[i] = this.comoment[i]! + other.comoment[i]!;
  }

  /** Writes the mean (d); NaN for an empty sample. */
  meanInto(out: Float64Array): Float64Array {
    if (this.n === 0) return out.fill(Number.NaN);
    out.set(this.center);
    return out;
  }

  mean(): Float64Array {
    return this.meanInto(new Float64Array(this.dimension));
  }

  /** Writes the unbiased covariance (d × d, row-major); NaN below two vectors. */
  covarianceInto(out: Float64Array): Float64Array {
    const d = this.dimension;
    for (let i = 0; i < d; i++)
      for (let j = 0; j <= i; j++) {
        const value = this.n > 1 ? this.comoment[i * d + j]! / (this.n - 1) : Number.NaN;
        out[i * d + j] = value;
        out[j * d + i] = value;
      }
    return out;
  }

  covariance(): Float64Array {
    return this.covarianceInto(new Float64Array(this.dimension * this.dimension));
  }

  /** Standard errors of the mean's entries (d); NaN below two vectors. */
  standardErrors(): Float64Array {
    const d = this.dimension;
    return Float64Array.from({ length: d }, (_, i) =>
      this.n > 1 ? Math.sqrt(this.comoment[i * d + i]! / (this.n - 1) / this.n) : Number.NaN,
    );
  }

  /** Takes in `n` vectors whose mean is center + delta; their own comoment is added by the caller. */
  private shift(n: number): void {
    const total = this.n + n;
    const factor = (this.n * n) / total;
    const { dimension, delta, comoment } = this;
    for (let i = 0; i < dimension; i++) {
      const scaled = factor * delta[i]!;
      for (let j = 0; j <= i; j++) comoment[i * dimension + j] = comoment[i * dimension + j]! + scaled * delta[j]!;
    }
    for (let i = 0; i < dimension; i++) this.center[i] = this.center[i]! + (n / total) * delta[i]!;
    this.n = total;
  }
}
