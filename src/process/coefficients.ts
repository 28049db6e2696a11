/**
 * The coefficients of a mean-field process, as a user writes them. Symbols: x ∈ R^p one particle, X the cloud `[N, p]`
 * row-major, s ∈ R^m the statistic s(μ) = ∫φ dμ (an empty array when the process has none), t mean-field time.
 *
 * Every coefficient is given for one particle, for the whole cloud, or for both: `particle` is the easy way, `cloud`
 * the fast one (a kernel over contiguous memory). Functions write into `out` and keep no reference to what they get.
 * The arrays `x` and `s` are scratch memory: read them, don't change them.
 */

/** φ, whose mean over the cloud is all that a particle sees of the others. */
export interface Statistic {
  /** m */
  readonly size: number;
  /** Writes φ(x), m numbers. */
  readonly particle?: (x: Float64Array, out: Float64Array) => void;
  /** Writes the mean of φ over the `count` rows of `cloud`, m numbers. Must accept count = 1. */
  readonly cloud?: (cloud: Float64Array, count: number, out: Float64Array) => void;
  /**
   * Optional: writes the sum of φ over the rows indices[0 … count-1] of `cloud`, m numbers. Schemes whose steps move few particles
   * then keep the mean up to date by those alone.
   */
  readonly sum?: (cloud: Float64Array, indices: Int32Array, count: number, out: Float64Array) => void;
}

/** b(x, s, t) ∈ R^p. */
export interface Drift {
  /** Writes b(x, s, t), p numbers. */
  readonly particle?: (x: Float64Array, s: Float64Array, t: number, out: Float64Array) => void;
  /** Writes b for the `count` rows of `cloud`, `[count, p]`. Must accept count = 1. */
  readonly cloud?: (cloud: Float64Array, count: number, s: Float64Array, t: number, out: Float64Array) => void;
  /**
   * Optional, as `cloud`: called in its place right after `Statistic.cloud` saw the same numbers in the same memory and wrote `s`,
   * so that what that kept need not be computed again.
   */
  readonly afterStatistic?: (cloud: Float64Array, count: number, s: Float64Array, t: number, out: Float64Array) => void;
}

/** How Brownian motions enter one particle; see `Diffusion`. */
export type NoiseShape = 'scalar' | 'diagonal' | 'general';

/** Which integral dX = b dt + σ dW means. */
export type Calculus = 'ito' | 'stratonovich';

/**
 * σ(x, s, t). Each particle has its own independent Brownian motions:
 * `scalar`: one, σ ∈ R^p multiplies it; `diagonal`: p, σ ∈ R^p entry by entry; `general`: `noises` = k, σ ∈ R^(p×k) row-major.
 */
export interface Diffusion {
  readonly noise: NoiseShape;
  readonly calculus: Calculus;
  /** k, for `general` noise only */
  readonly noises?: number;
  /** σ does not depend on x or s (it may depend on t): schemes gain orders. Default false. */
  readonly additive?: boolean;
  /** For `general` noise: the columns of σ commute, (Dσ_j)σ_k = (Dσ_k)σ_j. Default false. */
  readonly commutative?: boolean;
  /** Writes σ(x, s, t): p numbers, or p·k for general noise. */
  readonly particle?: (x: Float64Array, s: Float64Array, t: number, out: Float64Array) => void;
  /** Writes σ for the `count` rows of `cloud`: `[count, p]`, or `[count, p, k]`. Must accept count = 1. */
  readonly cloud?: (cloud: Float64Array, count: number, s: Float64Array, t: number, out: Float64Array) => void;
  /**
   * Optional, for schemes that would otherwise take differences of σ: for scalar noise (Dσ)σ (p numbers), for diagonal noise
   * σ_i ∂σ_i/∂x_i (p numbers), for general noise (Dσ_j)σ_k at index (i·k + j)·k + k' (p·k·k numbers).
   */
  readonly derivative?: (x: Float64Array, s: Float64Array, t: number, out: Float64Array) => void;
}
