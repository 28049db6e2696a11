import { toVector, type VectorLike } from '../base/arrays.ts';
import { checkNumber, checkOneOf } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';

/**
 * Errors measured at several sizes, as fits take them: unbiased estimates of error^power with their joint covariance.
 * A squared norm is estimated without bias (and may come out negative), a norm is not: hence the power.
 */
export interface ErrorEstimates {
  /** 2 if `values` estimate squared errors, 1 if errors. */
  readonly power: 1 | 2;
  /** Unbiased estimates of error^power, one a size. */
  readonly values: Float64Array;
  /** Their covariance `[sizes, sizes]`, row-major; off-diagonal where sizes share a reference or random numbers. */
  readonly covariance: Float64Array;
  /** Degrees of freedom of each variance on the diagonal; Infinity if known. */
  readonly degrees: Float64Array;
  /**
   * Standard errors of the additive part of the noise, which stays when the error vanishes (a reference's, a bias
   * estimate's); 0 where all noise is in proportion to the error, as for a fluctuation.
   */
  readonly floor: Float64Array;
  /** Replicates by size, where the estimates come from some: their noise is smoothed per replicate. */
  readonly replicates?: Float64Array;
  /** How the law of the estimates depends on the errors, where that is known. */
  readonly model?: QuadraticModel;
  /** The errors themselves, max(0, value)^(1/power), and their standard errors by the delta method (NaN at 0). */
  readonly errors: Float64Array;
  readonly standardErrors: Float64Array;
}

/**
 * The law of estimated squared norms ‖D̂‖² − tr U, D̂ normal with mean D = e·d and covariance U (d a unit vector), by size: the
 * cumulants of ‖D̂‖² are e² + tr U, 4e²dᵀUd + 2 tr U² and 24e²dᵀU²d + 8 tr U³.
 */
export interface QuadraticModel {
  /** tr U. */
  readonly trace: Float64Array;
  /** Cov_ij = 4 e_i e_j directional_ij + constant_ij, `[sizes, sizes]`. */
  readonly directional: Float64Array;
  readonly constant: Float64Array;
  /** Third cumulant = 24 e² skewDirectional + skewConstant. */
  readonly skewDirectional: Float64Array;
  readonly skewConstant: Float64Array;
}

/**
 * Error estimates from numbers measured elsewhere.
 *
 * @param options.values - estimates of error^power, one a size
 * @param options.standardErrors - their standard errors, if independent; give these or `covariance`
 * @param options.covariance - `[sizes × sizes]` row-major
 * @param options.power - 1 (default) if the values are errors, 2 if squared errors
 * @param options.degrees - degrees of freedom of the standard errors; default Infinity
 * @param options.noise - `additive` (default) if the noise stays when the error vanishes; `multiplicative` if it is in
 *   proportion to the error, as that of a mean of nonnegative numbers: then there is no floor to be above of
 */
export function errorEstimates(options: {
  readonly values: VectorLike;
  readonly standardErrors?: VectorLike;
  readonly covariance?: VectorLike;
  readonly power?: 1 | 2;
  readonly degrees?: number | VectorLike;
  readonly noise?: 'additive' | 'multiplicative';
}): ErrorEstimates {
  const values = toVector('values', options.values);
  const size = values.length;
  let covariance = new Float64Array(size * size);
  if (options.covariance !== undefined)
    covariance = toVector('covariance', options.covariance, size * size) as typeof covariance;
  else if (options.standardErrors !== undefined) {
    const errors = toVector('standardErrors', options.standardErrors, size);
    for (let i = 0; i < size; i++)
      covariance[i * size + i] = checkNumber(`standardErrors[${i}]`, errors[i], { min: 0 }) ** 2;
  } else throw new ArgumentError('standardErrors', undefined, 'given, unless covariance is');
  const { degrees = Infinity, power = 1 } = options;
  const all =
    typeof degrees === 'number' ? new Float64Array(size).fill(degrees) : Float64Array.from(toDegrees(degrees));
  if (all.length !== size) throw new ArgumentError('degrees.length', all.length, String(size));
  const noise = checkOneOf('noise', options.noise ?? 'additive', ['additive', 'multiplicative']);
  const floor = values.map((_, i) => (noise === 'additive' ? Math.sqrt(covariance[i * size + i]!) : 0));
  return assemble(power, values, covariance, all, floor);
}

/** @internal the derived columns of a table of estimates */
export function assemble(
  power: 1 | 2,
  values: Float64Array,
  covariance: Float64Array,
  degrees: Float64Array,
  floor: Float64Array = new Float64Array(values.length),
  more: { readonly model?: QuadraticModel; readonly replicates?: Float64Array } = {},
): ErrorEstimates {
  const size = values.length;
  const errors = values.map((v) => Math.max(0, v) ** (1 / power));
  const standardErrors = errors.map((e, i) =>
    power === 1 || e > 0 ? Math.sqrt(covariance[i * size + i]!) / (power === 1 ? 1 : 2 * e) : Number.NaN,
  );
  return { power, values, covariance, degrees, floor, errors, standardErrors, ...more };
}

function toDegrees(degrees: VectorLike): ArrayLike<number> {
  return 'shape' in degrees ? toVector('degrees', degrees) : degrees;
}
