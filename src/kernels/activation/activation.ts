/** The names of the activations. */
export type ActivationName = 'tanh' | 'relu' | 'sigmoid' | 'softplus' | 'gelu' | 'erf' | 'identity';

/**
 * An activation σ as loops over blocks: the loop is inside, so that no callback runs per element.
 *
 * Where σ′ is a function of σ alone (`slopeFromValue`), only the values need to be kept for the way back.
 */
export interface Activation {
  readonly name: ActivationName;
  /** True if `slopesInto` reads values σ(v); false if it reads the pre-activations v themselves. */
  readonly slopeFromValue: boolean;
  /** out[outFrom + i] = σ(v[from + i]) for 0 ≤ i < count; `out` may be `v` at the same offset. */
  valuesInto(v: Float64Array, from: number, count: number, out: Float64Array, outFrom: number): void;
  /** The slopes σ′ at the same places, from σ(v) or v as `slopeFromValue` says. */
  slopesInto(source: Float64Array, from: number, count: number, out: Float64Array, outFrom: number): void;
  /**
   * Both at once, for activations whose slopes are kept and share work with the values: the same bits as from `slopesInto`
   * and then `valuesInto`. `values` may be `v`; all three have the same offset.
   */
  bothInto?(v: Float64Array, from: number, count: number, values: Float64Array, slopes: Float64Array): void;
}
