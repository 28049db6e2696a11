import { ArgumentError } from '../../base/errors.ts';

/** The statistic of a limit along time, F(μ_t) ∈ R^m, known at some times and interpolated between them. */
export interface ReferencePath {
  /** m */
  readonly size: number;
  /** Writes the value at time t. Errors of order h⁴ in the spacing h of the times where the path is smooth. */
  at(t: number, out: Float64Array): void;
}

/** Slopes by five values, times 12h: central, and one-sided for the first two (for the last two mirrored). Exact for polynomials of degree 4. */
const FIRST = [-25, 48, -36, 16, -3];
const SECOND = [-3, -10, 18, -6, 1];
const CENTRAL = [1, -8, 0, 8, -1];

/**
 * A reference path through values at equally spaced times, by cubic interpolation with slopes from five values each (from two or three where there are
 * fewer than five values: errors of order h³, and h² at the ends).
 *
 * @param times - K ≥ 2 equally spaced times
 * @param values - `[K, m]` row-major
 */
export function referencePath(times: Float64Array, values: Float64Array): ReferencePath {
  const K = times.length;
  if (K < 2) throw new ArgumentError('times.length', K, 'at least 2');
  const m = values.length / K;
  if (!Number.isInteger(m)) throw new ArgumentError('values.length', values.length, `a multiple of ${K}`);
  const start = times[0]!;
  const h = (times[K - 1]! - start) / (K - 1);
  const slopes = slopesOf(values, K, m);
  return {
    size: m,
    at(t, out) {
      const position = Math.min(K - 1, Math.max(0, (t - start) / h));
      const k = Math.min(K - 2, Math.floor(position));
      const f = position - k;
      for (let j = 0, at = k * m; j < m; j++, at++) {
        const a = values[at]!;
        const b = values[at + m]!;
        const da = slopes[at]!;
        const db = slopes[at + m]!;
        out[j] = a + f * (da + f * (3 * (b - a) - 2 * da - db + f * (2 * (a - b) + da + db)));
      }
    },
  };
}

/** h times the slope at each time, `[K, m]`. */
function slopesOf(values: Float64Array, K: number, m: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let k = 0; k < K; k++) {
    const [first, weights] = stencil(k, K);
    for (let l = 0; l < weights.length; l++)
      for (let j = 0; j < m; j++) out[k * m + j]! += weights[l]! * values[(first + l) * m + j]!;
  }
  return out;
}

/** The first of the values that make the slope at k, and their weights. */
function stencil(k: number, K: number): [number, readonly number[]] {
  if (K < 5) {
    const [low, high] = [Math.max(0, k - 1), Math.min(K - 1, k + 1)];
    const weight = 1 / (high - low);
    return [low, high - low === 1 ? [-weight, weight] : [-weight, 0, weight]];
  }
  const scaled = (weights: readonly number[], by: number) => weights.map((weight) => (by * weight) / 12);
  const mirrored = (weights: readonly number[]) => scaled([...weights].reverse(), -1);
  if (k === 0) return [0, scaled(FIRST, 1)];
  if (k === 1) return [0, scaled(SECOND, 1)];
  if (k === K - 1) return [K - 5, mirrored(FIRST)];
  if (k === K - 2) return [K - 5, mirrored(SECOND)];
  return [k - 2, scaled(CENTRAL, 1)];
}
