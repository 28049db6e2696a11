/**
 * The hot loops of one neuron model on one data set, behind one interface so that a faster implementation can take the
 * place of the plain one.
 *
 * A kernel first responds to a set of neurons (`forward`), keeps their responses, and then answers for that set: sums,
 * features, descent. It owns its scratch memory, which grows to the largest set seen and is then reused: steps allocate
 * nothing. It is not re-entrant: one kernel a thread.
 *
 * Symbols (docs/theory.md section 1): φ_j(x) output of neuron x at sample j, Dφ(x) its m × p derivative, r residual.
 * Particles are contiguous row-major `[n, p]`; a set of neurons is `null` (all of 0 … count-1) or the first `count`
 * entries of an index list. Between `forward` and the answers neither particles nor set may change, but for the descent itself.
 */
export interface NeuronKernel {
  /** Which implementation this is, e.g. `plain`. */
  readonly implementation: string;
  /** p, the number of parameters of a neuron. */
  readonly dimension: number;
  /** The number of samples answered for: m, or the size of the mini-batch last selected. */
  readonly samples: number;

  /** Restricts to the given samples, or, with `null`, returns to all m. Forgets kept responses. */
  select(rows: Int32Array | null): void;

  /**
   * Responds to a set of neurons and keeps the responses. If `out` is given it receives Σ_a w_a φ_j(x_a), length
   * `samples`, with weights w (length `count`) or 1. O(count · m · p).
   *
   * A built-in perceptron's sum of n terms errs by at most γ_K Σ_a |w_a φ_j(x_a)|, K = ⌈n/128⌉ + 20, γ_K = K u/(1 - K u), u = 2⁻⁵³,
   * beside the errors of the activation (docs/theory.md section 8.7).
   */
  forward(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    out: Float64Array | null,
    weights?: Float64Array | null,
  ): void;

  /** φ_j(x_a) of the kept set into `out`, `[count, samples]`. */
  featuresInto(particles: Float64Array, out: Float64Array): void;

  /** x_a ← x_a - step · Dφ(x_a)ᵀ r for the kept set, whose responses are spent by this. */
  descend(particles: Float64Array, residual: Float64Array, step: number): void;

  /** As `descend`, with a residual of its own for each neuron of the kept set: `residuals` is `[count, samples]`. */
  descendEach(particles: Float64Array, residuals: Float64Array, step: number): void;

  /**
   * out_a = scale · Dφ(x_a)ᵀ (r + κ ∘ φ(x_a)) for the kept set, into `out` `[count, p]` in the order of the set. κ
   * (length `samples`, or null for 0) carries the penalty of a bounded active count. Responses stay kept.
   */
  pullBackInto(
    particles: Float64Array,
    residual: Float64Array,
    penalty: Float64Array | null,
    scale: number,
    out: Float64Array,
  ): void;

  /**
   * A whole step under the squared loss with targets y and sample weights ν (length m), where the kernel can do better than the
   * calls that it stands for; same bits. Only for all m samples.
   */
  squaredLossStep?(targets: Float64Array, weights: Float64Array): SquaredLossStep;

  /**
   * `forward`, `descend`, and `forward` again over the same set, where the kernel can do better than the three calls; same bits.
   * `sums` (length `samples`) follows: sums_j += Σ_a φ_j(x_a) after - the same before, which `before` receives if it is given.
   */
  descendAndFollow?(
    particles: Float64Array,
    set: Int32Array | null,
    count: number,
    residual: Float64Array,
    step: number,
    sums: Float64Array,
    before?: Float64Array,
  ): void;
}

/**
 * With f = scale · Σ_a φ(x_a) and r_j = ν_j (f_j - y_j): x_a ← x_a - step · Dφ(x_a)ᵀ r over a set as in `forward`. Returns false,
 * and leaves the particles alone, if r is not finite.
 */
export type SquaredLossStep = (
  particles: Float64Array,
  set: Int32Array | null,
  count: number,
  scale: number,
  step: number,
) => boolean;
