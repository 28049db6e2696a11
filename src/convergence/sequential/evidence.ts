import { RunningMoments } from '../running-moments.ts';
import type { Assumption } from './assumption.ts';

/** log growth of the bet that a law is constant, for each number that is equal to all before: −log(1 − 1/100). */
const CONSTANT = -Math.log1p(-0.01);

/** At most this many bets, spaced by factors of √2. */
const BETS = 32;

/**
 * Evidence that the mean lies above (or below) a bound, as a sequence of e-values: under the null hypothesis that it does
 * not, the probability that the e-value ever reaches 1/δ is at most δ, however long one looks (Ville's inequality).
 *
 * It is the average wealth of gamblers, each of which bets with its own fixed stake s > 0, multiplied for each number by
 * a factor whose expectation is at most 1 under the null hypothesis, with y = ±(x − bound):
 * bounded: 1 + s y (I. Waudby-Smith, A. Ramdas, JRSS B 86, 2024); sub-Gaussian: e^(sy − s²σ²/2) (H. Robbins, 1970);
 * finite variance: e^φ(sy)/(1 + s²σ²/2) with Catoni's φ (H. Wang, A. Ramdas, 2023), increasing in y, so that it serves
 * the whole one-sided hypothesis. Asymptotic: the last with an estimated σ; and as σ = 0 can't be estimated, half of the
 * stake bets that the law is constant, and loses all of it with the first number that differs.
 * docs/theory.md 10.3.
 */
export class MeanEvidence {
  /** log e-value; −∞ after a certain loss. */
  private readonly wealth: Float64Array;
  private readonly stakes: Float64Array;
  private readonly variance = new RunningMoments();
  /** log wealth of the bet on a constant law. */
  private constant = 0;

  /**
   * @param direction - +1: evidence that mean > bound; −1: that mean < bound
   * @param gap - the distance from the bound that matters: smaller ones are not aimed at
   */
  constructor(
    private readonly assumption: Assumption,
    private readonly bound: number,
    private readonly direction: 1 | -1,
    gap: number,
  ) {
    this.stakes = stakes(assumption, bound, direction, gap);
    this.wealth = new Float64Array(this.stakes.length);
  }

  /** Takes in one number. */
  add(x: number): void {
    const { stakes, wealth, assumption } = this;
    const y = this.direction * (x - this.bound);
    if (assumption.kind === 'bounded') {
      for (let k = 0; k < stakes.length; k++) wealth[k] = wealth[k]! + Math.log1p(Math.max(-1, stakes[k]! * y));
    } else if (assumption.kind === 'sub-gaussian') {
      const half = assumption.scale ** 2 / 2;
      for (let k = 0; k < stakes.length; k++) wealth[k] = wealth[k]! + stakes[k]! * (y - stakes[k]! * half);
    } else if (assumption.kind === 'finite-variance') this.catoni(y, assumption.standardDeviation);
    else {
      const { count } = this.variance;
      if (count >= assumption.burnIn) {
        const inflation = 1 + 3 * Math.sqrt(Math.max(0, this.variance.kurtosis - 1 || 0) / count);
        const deviation = Math.sqrt(this.variance.variance * inflation);
        if (deviation > 0) this.catoni(y / deviation, 1);
      }
      if (count > 0 && (this.variance.variance > 0 || x !== this.variance.mean))
        this.constant = Number.NEGATIVE_INFINITY;
      else if (count >= assumption.burnIn && y > 0) this.constant += CONSTANT;
      this.variance.add(x);
    }
  }

  /** The logarithm of the e-value now. */
  get logValue(): number {
    const part = this.assumption.kind === 'asymptotic' ? 0.5 : 0;
    let max = part > 0 ? this.constant : Number.NEGATIVE_INFINITY;
    for (const w of this.wealth) max = Math.max(max, w);
    if (!Number.isFinite(max)) return max;
    let sum = 0;
    for (const w of this.wealth) sum += Math.exp(w - max);
    return max + Math.log(((1 - part) * sum) / this.wealth.length + part * Math.exp(this.constant - max));
  }

  /** Has the e-value reached 1/probability? Cheaper than logValue while it has not. */
  reached(probability: number): boolean {
    const threshold = -Math.log(probability);
    if (this.constant >= threshold) return this.logValue >= threshold;
    for (const w of this.wealth) if (w >= threshold) return this.logValue >= threshold;
    return false;
  }

  private catoni(y: number, deviation: number): void {
    const { stakes, wealth } = this;
    const half = (deviation * deviation) / 2;
    for (let k = 0; k < stakes.length; k++) {
      const s = stakes[k]!;
      const a = Math.abs(s * y);
      const phi = Math.log1p(a + (a * a) / 2);
      wealth[k] = wealth[k]! + (y < 0 ? -phi : phi) - Math.log1p(s * s * half);
    }
  }
}

/** Stakes from the one that suits the gap at the largest variance, upwards by factors of √2. */
function stakes(assumption: Assumption, bound: number, direction: 1 | -1, gap: number): Float64Array {
  const factor = Math.SQRT2;
  if (assumption.kind === 'asymptotic') return Float64Array.from({ length: 20 }, (_, k) => 0.5 * factor ** -k);
  let first: number;
  let last: number;
  if (assumption.kind === 'bounded') {
    const { low, high } = assumption;
    const worst = direction === 1 ? bound - low : high - bound;
    // A bound outside the range can be bet on with any stake: one that wins surely will do.
    last = worst > 0 ? 0.99 / worst : 2 / (high - low);
    first = (2 * gap) / (high - low) ** 2;
  } else {
    const variance = (assumption.kind === 'sub-gaussian' ? assumption.scale : assumption.standardDeviation) ** 2;
    first = gap / variance;
    last = 100 * first;
  }
  first = Math.min(first, last / 2);
  const count = Math.min(BETS, 2 + Math.floor(Math.log(last / first) / Math.log(factor)));
  const ratio = (last / first) ** (1 / (count - 1));
  return Float64Array.from({ length: count }, (_, k) => first * ratio ** k);
}
