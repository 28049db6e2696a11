import { ArgumentError } from '../../base/errors.ts';

/** The statistic of a limit along time, F(μ_t) ∈ R^m, known at some times and interpolated between them. */
export interface ReferencePath {
  /** m */
  readonly size: number;
  /** Writes the value at time t. Errors of order h³ in the spacing h of the times where the path is smooth, h² at the ends. */
  at(t: number, out: Float64Array): void;
}

/**
 * A reference path through values at equally spaced times, by cubic interpolation (Catmull and Rom's spline, whose slopes are central
 * differences; one-sided at the ends).
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
  const slope = (k: number, j: number): number => {
    const [low, high] = [Math.max(0, k - 1), Math.min(K - 1, k + 1)];
    return (values[high * m + j]! - values[low * m + j]!) / (high - low);
  };
  return {
    size: m,
    at(t, out) {
      const position = Math.min(K - 1, Math.max(0, (t - start) / h));
      const k = Math.min(K - 2, Math.floor(position));
      const f = position - k;
      for (let j = 0; j < m; j++) {
        const a = values[k * m + j]!;
        const b = values[(k + 1) * m + j]!;
        const da = slope(k, j);
        const db = slope(k + 1, j);
        out[j] = a + f * (da + f * (3 * (b - a) - 2 * da - db + f * (2 * (a - b) + da + db)));
      }
    },
  };
}
