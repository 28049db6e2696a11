import type { ErrorEstimates } from './error-estimates.ts';

/** Errors on the log scale with their covariance, or the reason why they can't be put there. */
export type LogErrors =
  | { readonly usable: true; readonly y: Float64Array; readonly covariance: Float64Array }
  | {
      readonly usable: false;
      readonly reason: string;
      /** Indices of the sizes whose error is not distinguishable from 0. */
      readonly atFloor: readonly number[];
      /** The factor on all replicates that would lift them above the floor; Infinity if the estimate is ≤ 0. */
      readonly factor: number;
    };

/**
 * log error_i = (1/k) log v_i for estimates v_i of error^k, with covariance V_ij/(k² v_i v_j). The logarithm is concave, so
 * that E log v̂ ≈ log v − V/(2v²): the second-order term is put back (docs/theory.md 10.2).
 *
 * For noise in proportion to the error the v̂_i are taken to be scaled chi-square, whose log variance is w(1 + w/2) for a
 * relative variance w. A v_i within `signal` standard errors of additive noise of 0 is refused: there the expansion
 * breaks down, and to drop such sizes would select the large errors.
 */
export function logErrors(sizes: ArrayLike<number>, estimates: ErrorEstimates, signal: number): LogErrors {
  const { values, covariance: v, power, floor } = estimates;
  const n = values.length;
  const atFloor: number[] = [];
  let factor = 1;
  for (let i = 0; i < n; i++) {
    const least = Math.max(signal * floor[i]!, Math.sqrt(v[i * n + i]!));
    if (values[i]! > least) continue;
    atFloor.push(i);
    factor = Math.max(factor, values[i]! > 0 ? ((1.1 * least) / values[i]!) ** 2 : Infinity);
  }
  if (atFloor.length > 0) {
    const which = atFloor.map((i) => {
      const what = power === 2 ? 'the squared error' : 'the error';
      return `${what} at size ${sizes[i]} is ${short(values[i]!)} ± ${short(Math.sqrt(v[i * n + i]!))}`;
    });
    const reason = `not distinguishable from 0 at ${signal} standard errors: ${which.join('; ')}`;
    return { usable: false, reason, atFloor, factor };
  }
  const y = values.map((value, i) => Math.log(value) / power + v[i * n + i]! / (2 * power * value * value));
  const covariance = v.map((c, k) => {
    const i = Math.floor(k / n);
    const relative = c / (values[i]! * values[k % n]!);
    return ((i === k % n && floor[i] === 0 ? 1 + relative / 2 : 1) * relative) / (power * power);
  });
  return { usable: true, y, covariance };
}

/** A number for a sentence. */
export function short(x: number): string {
  return Number(x.toPrecision(3)).toString();
}
