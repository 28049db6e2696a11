import { ArgumentError } from '../base/errors.ts';
import type { Estimate } from './estimate.ts';

/** The state of a RunningMoments as plain numbers: count, mean, and the sums of the 2nd to 4th powers about the mean. */
export type RunningMomentsState = readonly [number, number, number, number, number];

/**
 * Mean and central moments to the fourth order of a sample that arrives one number at a time, without storing it.
 * Two accumulators merge into what one would have seen (B. P. Welford, Technometrics 1962; P. Pébay, SAND2008-6212).
 */
export class RunningMoments {
  private n = 0;
  private m1 = 0;
  private m2 = 0;
  private m3 = 0;
  private m4 = 0;

  /** Restores what `state` returned. */
  static from([n, m1, m2, m3, m4]: RunningMomentsState): RunningMoments {
    const out = new RunningMoments();
    out.n = n;
    out.m1 = m1;
    out.m2 = m2;
    out.m3 = m3;
    out.m4 = m4;
    return out;
  }

  /** Adds one number; a number that is not finite is an error. */
  add(x: number): void {
    if (!Number.isFinite(x)) throw new ArgumentError('x', x, 'a finite number');
    this.combine(1, x, 0, 0, 0);
  }

  /** Adds everything that `other` has seen; `other` is left as it is. */
  merge(other: RunningMoments): void {
    this.combine(other.n, other.m1, other.m2, other.m3, other.m4);
  }

  get count(): number {
    return this.n;
  }

  /** NaN for an empty sample. */
  get mean(): number {
    return this.n > 0 ? this.m1 : Number.NaN;
  }

  /** The unbiased variance (divisor count − 1); NaN below two numbers. */
  get variance(): number {
    return this.n > 1 ? this.m2 / (this.n - 1) : Number.NaN;
  }

  /** The third standardized moment of the sample (no bias correction). */
  get skewness(): number {
    return (Math.sqrt(this.n) * this.m3) / this.m2 ** 1.5;
  }

  /** The fourth standardized moment of the sample (3 for a normal law; no bias correction). */
  get kurtosis(): number {
    return (this.n * this.m4) / (this.m2 * this.m2);
  }

  /** The mean with its standard error; at least two numbers. */
  estimate(): Estimate {
    if (this.n < 2) throw new ArgumentError('count', this.n, 'at least 2 for a standard error');
    return { value: this.m1, standardError: Math.sqrt(this.variance / this.n), degrees: this.n - 1 };
  }

  /** Everything, as plain numbers that survive JSON and structured cloning. */
  state(): RunningMomentsState {
    return [this.n, this.m1, this.m2, this.m3, this.m4];
  }

  private combine(n: number, mean: number, m2: number, m3: number, m4: number): void {
    const a = this.n;
    const total = a + n;
    if (n === 0) return;
    const delta = mean - this.m1;
    const step = delta / total;
    const cross = delta * step * a * n;
    this.m4 +=
      m4 +
      cross * step * step * (a * a - a * n + n * n) +
      6 * step * step * (a * a * m2 + n * n * this.m2) +
      4 * step * (a * m3 - n * this.m3);
    this.m3 += m3 + cross * step * (a - n) + 3 * step * (a * m2 - n * this.m2);
    this.m2 += m2 + cross;
    this.m1 += step * n;
    this.n = total;
  }
}
